using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Check;

/// <summary>Whether what is folded of a loop is what a service says of it.</summary>
internal static class FoldedParity
{
    /// <summary>What is different; null where nothing is.</summary>
    public static string? Difference(LoopModel folded, SnapshotEnvelope said)
    {
        var found = new List<string>();
        void Compare<T>(string what, T here, T there)
        {
            if (!EqualityComparer<T>.Default.Equals(here, there))
            {
                found.Add($"{what} is {here} by the files and {there} by the service");
            }
        }

        Compare("the contract status", folded.Projected.Status.Word(), said.Run.Status.Word());
        Compare("the run", folded.Projected.RunId, said.Run.RunId);
        Compare("the iteration", folded.Projected.Iteration, said.Run.Iteration);
        return found.Count == 0 ? null : string.Join("; ", found);
    }
}
