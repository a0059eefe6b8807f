using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Tui.Runs;

/// <summary>
/// What the run list is sorted by, as numbers: smaller comes first. Among equals the order is that of paths and ids. By name that of
/// <see cref="RepoRuns.Name"/> comes before it.
/// </summary>
internal static class RunOrder
{
    /// <summary>Over all urgencies: of what can be read, all comes after what cannot.</summary>
    private const int Readable = 16;

    /// <summary>Of a run among those of its repository.</summary>
    public static long Of(LoopModel loop, RunSort sort) => sort switch
    {
        RunSort.Urgency => Urgency(loop.Verdict.Ruling),
        RunSort.Age => -(loop.Verdict.Ruling.Since ?? DateTimeOffset.MinValue).UtcTicks,
        RunSort.Lag => (loop.Tally.Newest?.At ?? DateTimeOffset.MaxValue).UtcTicks,
        _ => 0,
    };

    /// <summary>Of a repository, whose first run this is. Of what cannot be read nothing is known of how it stands.</summary>
    public static long Of(RepoModel repo, LoopModel first, RunSort sort) =>
        sort == RunSort.Urgency && SourceStanding.From(repo).Condition != SourceCondition.Unreachable
        ? Readable + Of(first, sort)
        : Of(first, sort);

    /// <summary>
    /// What needs somebody comes first, in the order in which the header and the row of a group count it; then what is at work, then
    /// what has ended. Smaller is more urgent.
    /// </summary>
    public static int Urgency(Ruling ruling) => ruling switch
    {
        { Lifecycle: Lifecycle.Failed } => 1,
        { Lifecycle: Lifecycle.AwaitingApproval } => 2,
        { Lifecycle: Lifecycle.Running, IsPaused: true } => 3,
        { Lifecycle: Lifecycle.Unknown } => 4,
        { Lifecycle: Lifecycle.Running } => 5,
        { Lifecycle: Lifecycle.Stopped } => 6,
        { Lifecycle: Lifecycle.Idle } => 7,
        _ => 8,
    };
}
