using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Replay;

/// <summary>What the palette offers of recordings: to open one, and to go to a moment of the one that is shown.</summary>
internal static class ReplayChoices
{
    /// <summary>Why a key or a word does nothing in a live session.</summary>
    public const string OnlyInReplay = "only in a replay";

    private const string Replay = "replay";
    private const string At = "at";
    private const string Samples = "samples";

    /// <summary>Synonyms by which the palette finds <see cref="At"/>.</summary>
    private const string Seek = "seek, go to, jump to a time";

    /// <summary>The palette with the list of recordings open.</summary>
    public static PromptState List => PromptState.Palette($"{Replay} ");

    /// <summary>The words themselves, among everything else that can be done by name.</summary>
    public static IEnumerable<Choice> All(Watched watched, IReadOnlyList<RecordingInfo> recordings)
    {
        yield return watched.Replay is null
            ? new(Replay, "Leave this session, and replay a recording", "", null, new ReplayAsked("")) { Title = "Replay a recording" }
            : new(Replay, "List the recordings", "", null, new PaletteOpened(List.Text)) { Title = "Open another recording" };
        foreach (var word in (string[])[At, Seek])
        {
            yield return new(
                word, "Go to a moment of the recording: at 12:03:40, at 73%, at 5m", "", watched.Replay is null ? OnlyInReplay : null,
                watched.Replay is null ? new ToastRequested(OnlyInReplay) : new PaletteOpened($"{At} "));
        }

        foreach (var (index, recording) in recordings.Index())
        {
            yield return Open(watched, recording, index);
        }
    }

    /// <summary>What a line that begins with one of these words may mean; null where it begins with neither.</summary>
    public static IReadOnlyList<Choice>? Of(Watched watched, IReadOnlyList<RecordingInfo> recordings, string typed)
    {
        var line = typed.TrimStart();
        return Rest(line, At) is { } moment ? [Moment(watched, line, moment)]
            : watched.Replay is not null && line is [>= '0' and <= '9', ..] ? [Moment(watched, $"{At} {line}", line)]
            : (Rest(line, Replay) ?? Rest(line, Samples)) is { } name ? Recordings(watched, recordings, name.Trim())
            : line.TrimEnd() is Replay or Samples ? [All(watched, []).First(), .. Recordings(watched, recordings, "")]
            : null;
    }

    private static string? Rest(string line, string word) =>
        line.StartsWith($"{word} ", StringComparison.OrdinalIgnoreCase) ? line[(word.Length + 1)..] : null;

    private static Choice Moment(Watched watched, string line, string moment)
    {
        if (watched.Replay is not { } state)
        {
            return new(line, "", "", OnlyInReplay, new ToastRequested(OnlyInReplay, IsFault: true));
        }

        if (SeekTime.Parse(moment, state) is not { } time)
        {
            return new(line, "", "", SeekTime.Forms, new ToastRequested(SeekTime.Forms, IsFault: true));
        }

        var where = $"Go to {Ages.Clock(state.RecordedAt + time.At)}Z, {ReplayText.Elapsed(time.At, state.Length)} after the start";
        return new(line, time.Note is { } note ? $"{where}: {note}" : where, "", null, new MomentChosen(time.At, time.Note));
    }

    private static Choice[] Recordings(Watched watched, IReadOnlyList<RecordingInfo> recordings, string name)
    {
        Choice[] found =
        [
            .. recordings.Index()
                .Select(known => (known.Index, Recording: known.Item, Score: Fuzzy.Score(name, known.Item.Name)))
                .Where(static known => known.Score is not null)
                .OrderByDescending(static known => known.Score)
                .Select(known => Open(watched, known.Recording, known.Index)),
        ];
        if (watched.Replay is not null)
        {
            // A path may be that of anything; a name that is not in the list is none.
            return name.Contains('/', StringComparison.Ordinal) ? [.. found, Other(name)] : found.Length > 0 ? found : [Unknown(name)];
        }

        // A live session does not know every recording that can be opened: what was typed may be the name of another one.
        var isKnown = recordings.Any(recording => recording.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return isKnown || (name.Length == 0 && found.Length > 0) ? found
            : [.. found, Other(name)];
    }

    private static Choice Other(string name) =>
        new($"{Replay} {name}".TrimEnd(), "Leave this session, and look at this recording", "", null, new ReplayAsked(name));

    private static Choice Unknown(string name)
    {
        var reason = $"no recording is called \"{name}\"";
        return new($"{Replay} {name}", "", "", reason, new ToastRequested(reason, IsFault: true));
    }

    private static Choice Open(Watched watched, RecordingInfo recording, int index)
    {
        var about = recording.Caption is { Length: > 0 } caption ? $"{recording.Title} · {caption}" : recording.Title;
        Message open = watched.Replay is { } state && index < state.Count ? new RecordingChosen(index) : new ReplayAsked(recording.Name);
        return new($"{Replay} {recording.Name}", about, "", null, open) { Title = $"Replay {recording.Name}" };
    }
}
