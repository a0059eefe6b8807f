using OpsManager.Contract.Words;

namespace OpsManager.Core.Compare;

/// <summary>
/// Puts what children of one delegation wave did into a fixed order, child by child: children run side by side, and which of two is
/// faster says nothing. How busy the queue of a wave was is left out, because it says only when somebody looked.
/// </summary>
internal static class WaveOrder
{
    public static List<RunStep> Arrange(IReadOnlyList<RunStep> steps)
    {
        var arranged = new List<RunStep>(steps.Count);
        var wave = new Wave(arranged);
        foreach (var step in steps)
        {
            if (step.Name == EventNames.DelegationWaveQueueDrain)
            {
                continue;
            }

            if (step.Name == EventNames.DelegationWaveStart || wave.IsOverBefore(step))
            {
                wave.Close();
            }

            if (!wave.Takes(step))
            {
                arranged.Add(step);
            }

            if (step.Name == EventNames.DelegationWaveStart)
            {
                wave.Open(step);
            }
        }

        wave.Close();
        return arranged;
    }

    /// <summary>The wave that is open, if any.</summary>
    private sealed class Wave(List<RunStep> arranged)
    {
        private readonly List<RunStep> ofChildren = [];
        private readonly List<RunStep> others = [];
        private RunStep? start;

        public void Open(RunStep first) => start = first;

        /// <summary>Whether a step shows that the wave is over: its end, or what comes after an end that was not written.</summary>
        public bool IsOverBefore(RunStep step) => start is not null
            && (step.Iteration != start.Iteration || (step.Name == EventNames.DelegationWaveEnd && step.Wave == start.Wave));

        public bool Takes(RunStep step)
        {
            if (start is null)
            {
                return false;
            }

            (step.Child is null ? others : ofChildren).Add(step);
            return true;
        }

        public void Close()
        {
            // The sort keeps the order of what one child did.
            arranged.AddRange(ofChildren.OrderBy(static step => step.Child, StringComparer.Ordinal));
            arranged.AddRange(others);
            ofChildren.Clear();
            others.Clear();
            start = null;
        }
    }
}
