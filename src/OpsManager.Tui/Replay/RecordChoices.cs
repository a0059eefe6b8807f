using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Replay;

/// <summary>Recording by name, and why there is nothing to go back to.</summary>
internal static class RecordChoices
{
    private const string OnlyHere = "sprites are not recorded: only repositories on this host are";

    /// <summary>The word that begins a recording, or ends it.</summary>
    /// <param name="repo">The repository that is chosen; null where none is.</param>
    public static Choice Record(Watched watched, RepoModel? repo)
    {
        var whyNot = WhyNotRecorded(watched, repo);
        var isOn = repo is not null && watched.Recorded.GetValueOrDefault(repo.Path)?.Tape is not null;
        return new(
            VerbNames.Record,
            isOn ? "End the recording, and say where it is" : "Write what its runs do into a file, until you say it again",
            "",
            whyNot, repo is null || whyNot is not null ? new ToastRequested(whyNot ?? OnlyHere) : new RecordAsked(repo.Path))
        {
            Title = isOn ? $"End the recording of {watched.NameOf(repo!.Path)}"
                : repo is null ? "Record a repository" : $"Record {watched.NameOf(repo.Path)}",
            Aliases = "tape capture save",
        };
    }

    /// <summary>Why one cannot go back in time in a repository; null where one can.</summary>
    public static string? WhyNoPast(Watched watched, RepoModel? repo) => watched switch
    {
        { IsPast: true } => "this is the past; Esc or q leads back to the live run",
        { Replay: not null } => "this is a recording already",
        _ when repo is null => "no run is selected",
        _ when watched.Recorded.GetValueOrDefault(repo.Path) is { } recording => recording.WhyNoPast,
        _ => OnlyHere,
    };

    private static string? WhyNotRecorded(Watched watched, RepoModel? repo) =>
        watched.Replay is not null ? "this is a recording already"
        : repo is null ? "no run is selected"
        : watched.Recorded.ContainsKey(repo.Path) ? null : OnlyHere;
}
