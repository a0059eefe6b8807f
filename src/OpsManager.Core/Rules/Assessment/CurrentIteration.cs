using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>Which iteration the newest run of a loop is in.</summary>
public static class CurrentIteration
{
    /// <summary>The iteration of the newest event; null where there is none, or while the newest run has not begun an iteration.</summary>
    public static long? Of(LoopFacts loop) => IsBeforeFirst(loop) ? null : loop.Tally.Newest?.Iteration;

    /// <summary>
    /// Whether a run has begun and its first iteration has not: the newest iteration in the log, and the role at work there, are those of
    /// the run before.
    /// </summary>
    public static bool IsBeforeFirst(LoopFacts loop)
    {
        if (loop.Tally is { RunStart: not null, IterationStart: null })
        {
            return true;
        }

        // A process claims the loop before it writes its first event.
        return loop.Claim is { IsForeign: false, IsGone: false, ClaimedAt: { } claimed }
            && (loop.Tally.RunStart?.At < claimed || loop.Tally.Newest?.At < claimed);
    }
}
