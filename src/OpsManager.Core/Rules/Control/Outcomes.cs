using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Control;

/// <summary>Which outcome says more than another.</summary>
public static class Outcomes
{
    /// <summary>Whether <paramref name="next"/> says more than <paramref name="known"/>; both are words, null for nothing.</summary>
    public static bool IsMore(string? next, string? known, string intent) => Rank(next, intent) > Rank(known, intent);

    /// <summary>
    /// Of successes the later step says more. A decision that was seen may be overruled until a run has consumed it; a process
    /// that a cancel stopped stays stopped.
    /// </summary>
    private static int Rank(string? word, string intent) => word switch
    {
        OutcomeWords.Completed => 7,
        OutcomeWords.Consumed => 6,
        OutcomeWords.Contradicted => intent == IntentWords.Cancel ? 3 : 5,
        OutcomeWords.Observed => 4,
        OutcomeWords.Refused => 2,
        OutcomeWords.Unknown => 1,
        _ => 0,
    };
}
