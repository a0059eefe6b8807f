using OpsManager.Contract;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Sources.Sprite;

/// <summary>Whether two snapshots of one loop that came by different ways say the same.</summary>
public static class EnvelopeParity
{
    /// <summary>What is different; null where nothing is.</summary>
    public static string? Difference(SnapshotEnvelope one, string by, SnapshotEnvelope other, string otherBy)
    {
        var found = new List<string>();
        void Compare<T>(string what, T here, T there)
        {
            if (!EqualityComparer<T>.Default.Equals(here, there))
            {
                found.Add($"{what} is {here} by the {by} and {there} by the {otherBy}");
            }
        }

        Compare("the contract status", one.Run.Status.Word(), other.Run.Status.Word());
        Compare("the run", one.Run.RunId, other.Run.RunId);
        Compare("the iteration", one.Run.Iteration, other.Run.Iteration);
        Compare("the number of events", one.Cursor.EventLineCount, other.Cursor.EventLineCount);
        return found.Count == 0 ? null : string.Join("; ", found);
    }
}
