using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;

namespace OpsManager.Tui.Watch;

/// <summary>
/// Whether anything can be sent to a loop from here, and where not, why: one answer for the header, the hints, the palette, the box
/// and the tab Why (docs/control.md, "What cannot be sent").
/// </summary>
internal static class Sending
{
    private static readonly CommandSearch ByService = CommandSearch.Found(RuntimeCommand.Usual);

    private static readonly CommandSearch NotYet = CommandSearch.None("superloop.sh is being looked for");

    /// <summary>What would be run for a repository; on a sprite its service does, and nothing is looked for here.</summary>
    public static CommandSearch Command(RepoModel repo) =>
        repo.Sprite is not null || repo.Replay is not null ? ByService : repo.Command ?? NotYet;

    /// <summary>Why nothing can be sent, whatever it is, in one plain line; null where something can.</summary>
    public static string? WhyNot(Watched watched, LoopModel loop)
    {
        var repo = watched.Fleet.Repos[loop.Repo];
        var recording = repo.Replay is not null ? "this is a recording: nothing can be sent to it" : null;
        return watched.WhyNotIn(loop.Repo) ?? recording ?? Stage.WhyNot(loop) ?? Command(repo).Fault;
    }

    /// <summary>
    /// Why a decision cannot even be looked at: there is none to be made, and none was made. Null where there is something to read.
    /// </summary>
    public static string? NothingWaits(Watched watched, LoopModel loop)
    {
        var isNothing = loop.Approval is { IsMissing: true } or { Value: null, Condition: ArtifactCondition.Unseen };
        return isNothing ? $"Nothing waits for a decision in {watched.NameOf(loop)}." : null;
    }

    /// <summary>Whether somebody has to decide on the run.</summary>
    public static bool IsAsked(LoopModel loop) => loop.Approval is { IsMissing: false, Value.IsPending: true };
}
