using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;

namespace OpsManager.Core.Reports;

/// <summary>Commands of the runtime that a person runs by hand. What comes from files is quoted for a POSIX shell.</summary>
internal static class RunCommands
{
    private const string Run = "run";

    /// <summary>Stands where the person has to write a name.</summary>
    private const string Name = "NAME";

    /// <summary>Runs a loop, for the first time or again; null in a recording, whose repository is not here.</summary>
    public static string? Start(RepoModel repo, string loop) => Line(repo, [Run, FlagNames.Repo, repo.Place, FlagNames.Loop, loop]);

    /// <summary>Runs a loop whose name is to be chosen.</summary>
    public static string? StartFirst(RepoModel repo) => Start(repo, Name);

    /// <summary>Approves what waits.</summary>
    public static string? Approve(RepoModel repo, string loop) =>
        Line(repo, [IntentWords.Approve, FlagNames.Repo, repo.Place, FlagNames.Loop, loop, FlagNames.By, Name]);

    private static string? Line(RepoModel repo, string[] arguments) => repo.Replay is null ? Runtime(repo).Line(arguments) : null;

    /// <summary>As it was found for the repository; of a sprite, and before it was found, as it is mostly called.</summary>
    private static RuntimeCommand Runtime(RepoModel repo) => repo.Sprite is null && repo.Command?.Command is { } found
        ? found.AsTyped()
        : RuntimeCommand.Script;
}
