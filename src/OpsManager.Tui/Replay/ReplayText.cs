using System.Globalization;
using OpsManager.Contract.Text;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Replay;

/// <summary>Where a replay is, in words.</summary>
internal static class ReplayText
{
    private const int MaxCaptionRows = 2;

    /// <summary>"12/53 state.json written": which recorded change is the newest that is shown; empty where there is no room.</summary>
    public static string Change(ReplayState state, int width) => LabelWidth(width) is > 0 and var room
        ? CellText.Truncate(
            SafeText.Clean(string.Create(CultureInfo.InvariantCulture, $"{state.Change}/{state.Changes} {state.Changed}").TrimEnd()),
            room - 1)
        : "";

    /// <summary>Cells for what changed last, with a blank before it: always the same, so that the bar stands still.</summary>
    public static int LabelWidth(int width) => width < 60 ? 0 : Math.Min(40, width / 3);

    /// <summary>Which of several recordings it is, the name that opens it, and its title.</summary>
    public static string Title(ReplayState state)
    {
        var recording = state.Recording;
        var title = string.IsNullOrEmpty(recording.Title) || recording.Title == recording.Name
            ? recording.Name
            : $"{recording.Name}: {recording.Title}";
        // In a tour the caption says it.
        return state is { Count: > 1, IsTour: false }
            ? string.Create(CultureInfo.InvariantCulture, $"{state.Index + 1} of {state.Count} · {title}")
            : title;
    }

    /// <summary>"03:12 / 12:40", with hours where the recording has some; and how much of it was read, until all is.</summary>
    public static string Position(ReplayState state) =>
        $"{Elapsed(state.At, state.Length)} / {Elapsed(state.Length, state.Length)}{Reading(state)}";

    /// <summary>"03:12", or "0:03:12" in a recording of an hour or more.</summary>
    public static string Elapsed(TimeSpan at, TimeSpan length) => length.TotalHours < 1 && at.TotalHours < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{at.Minutes:00}:{at.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)at.TotalHours}:{at.Minutes:00}:{at.Seconds:00}");

    /// <summary>"playing 4x", "skipping idle 1x", "paused"; a paused recording has its speed only if that is not 1.</summary>
    public static string Motion(ReplayState state) =>
        state is { IsTour: true, IsPlaying: false }
            ? "next run in a moment"
            : (state.IsPlaying, state.IsSkipping, state.Speed) switch
            {
                (false, _, 1) => "paused",
                (false, _, var speed) => $"paused, speed {Speed(speed)}",
                (true, true, var speed) => $"skipping idle {Speed(speed)}",
                (true, false, var speed) => $"playing {Speed(speed)}",
            };

    /// <summary>The clock of the recording, with a word that says so. Not known before anything was read.</summary>
    public static string Clock(ReplayState state) =>
        state.RecordedAt == default ? "tape --:--:--" : $"tape {Ages.Clock(state.Now)}Z";

    /// <summary>
    /// Which of the recordings this is, and what to look at, in at most two rows; none where nobody has said so. Without its name where
    /// that saves a row.
    /// </summary>
    public static IReadOnlyList<string> Caption(ReplayState state, int width)
    {
        if (state.Recording is not { Caption: { Length: > 0 } caption, Name: var name })
        {
            return [];
        }

        var place = state.IsTour ? string.Create(CultureInfo.InvariantCulture, $"{state.Index + 1}/{state.Count}  ") : "";
        var room = Math.Max(1, width - 1);
        var named = Wrap.Lines($"{place}{name}: {caption}", room, room);
        var lines = named.Count == 1 ? named : Wrap.Lines($"{place}{caption}", room, room);
        return [.. (lines.Count == 1 ? lines : named).Take(MaxCaptionRows)];
    }

    private static string Reading(ReplayState state) => state.IsReadWhole
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" reading {(int)(state.ReadTo / state.Length * 100)} %");

    private static string Speed(double speed) => speed.ToString("0.##", CultureInfo.InvariantCulture) + "x";
}
