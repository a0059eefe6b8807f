using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Core.Reports;

/// <summary>What is next about a repository or sprite that is not being read, or that has no loops.</summary>
internal static class SourceSteps
{
    private const string Wake = "wake";

    /// <summary>Null where it is being read.</summary>
    public static NextStep? For(RepoModel repo, SourceStanding standing, AgeClock now) => standing.Condition switch
    {
        SourceCondition.Asleep => NextStep.From("It is asleep: {wake} wakes it.", null, Wake),
        SourceCondition.Unreachable when repo.Sprite is { } sprite => NextStep.From(
            sprite.NextTryAt is { } at && -now.Since(at) is var wait && wait > TimeSpan.Zero
                ? $"It is unreachable. Next try in {Spans.Short(wait)}; {{wake}} tries now."
                : "It is unreachable: {wake} tries now.",
            null, Wake),
        SourceCondition.Unreachable => NextStep.From("Repair what the error says. It is read again by itself."),
        SourceCondition.NotRead => NextStep.From("Wait: it was not read yet."),
        _ => null,
    };

    /// <summary>A source that has loops: each has a next step of its own.</summary>
    public static readonly NextStep Choose = NextStep.From("Choose one of its runs in the list.");

    /// <summary>How the first loop is started.</summary>
    public static NextStep Start(RepoModel repo) => NextStep.From($"No loops yet. Start one{On(repo)}:", RunCommands.StartFirst(repo));

    /// <summary>Where a command is to be run; nothing where that is here.</summary>
    public static string On(RepoModel repo) => repo.Sprite is { } sprite ? $" on sprite {sprite.Name}" : "";
}
