using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Sprite;

/// <summary>Whether two ways to one loop say the same of it.</summary>
internal static class EnvelopeParity
{
    /// <summary>What is different between two snapshots; null where nothing is.</summary>
    public static string? Difference(SnapshotEnvelope one, string by, SnapshotEnvelope other, string otherBy) =>
        Difference(Said.From(one), by, Said.From(other), otherBy);

    /// <summary>
    /// What is different between what is folded and what a service says; null where nothing is. Lines that were appended since
    /// are no difference.
    /// </summary>
    public static string? Difference(LoopModel folded, SnapshotEnvelope said) => Difference(
        new Said(folded.Projected.Status, folded.Projected.RunId, folded.Projected.Iteration, null), "files",
        Said.From(said) with { Events = null }, WayNames.Service);

    /// <summary>A snapshot without what is not compared: of many loops the artifacts in it would be most of what is held.</summary>
    public static SnapshotEnvelope Compared(SnapshotEnvelope said) => said with
    {
        Run = said.Run with { Summary = null, Unknown = null },
        Health = said.Health with { Gates = null, Stuck = null, Unknown = null },
        Runtime = said.Runtime with { SuperloopState = null, ActiveRun = null, Approval = null, Heartbeat = null, Unknown = null },
        Unknown = null,
    };

    private static string? Difference(Said one, string by, Said other, string otherBy)
    {
        var found = new List<string>();
        void Compare<T>(string what, T here, T there)
        {
            if (!EqualityComparer<T>.Default.Equals(here, there))
            {
                found.Add($"{what} is {here} in the {by} and {there} in the {otherBy}");
            }
        }

        Compare("the contract status", one.Status.Word(), other.Status.Word());
        Compare("the run", one.RunId, other.RunId);
        Compare("the iteration", one.Iteration, other.Iteration);
        Compare("the number of events", one.Events, other.Events);
        return found.Count == 0 ? null : string.Join("; ", found);
    }

    /// <param name="Events">Null where they are not compared.</param>
    private readonly record struct Said(Lifecycle Status, string? RunId, long Iteration, long? Events)
    {
        public static Said From(SnapshotEnvelope snapshot) =>
            new(snapshot.Run.Status, snapshot.Run.RunId, snapshot.Run.Iteration, snapshot.Cursor.Lines);
    }
}
