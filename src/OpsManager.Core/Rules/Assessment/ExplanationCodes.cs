namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// What explains a finding besides another finding (docs/contract.md, "What explains a finding"). A code is a name: it is never
/// changed.
/// </summary>
public static class ExplanationCodes
{
    public const string Cancelled = "cancelled";
    public const string Starting = "starting";
    public const string Ending = "ending";
    public const string Ended = "ended";
    public const string RateLimit = "rate_limit";
    public const string Rerun = "rerun";
    public const string Decided = "decided";
    public const string SharedState = "shared_state";
    public const string NeverRan = "never_ran";

    /// <summary>The explanation in a sentence for people; of another finding, that it follows from it.</summary>
    public static string Sentence(string code) => code switch
    {
        Cancelled => "a cancel removes state.json and active-run.json and logs no event",
        Starting => "the run is starting: state.json and the log still describe the earlier run",
        Ending => "the run is ending: it has written its result and has not exited yet",
        Ended => "the run has ended, and the files that say so are not written at once",
        RateLimit => "a rate limit leaves state.json active, so that the run can be resumed",
        Rerun => "the completion is of an earlier run; it stays until the first iteration of this one ends",
        Decided => "a decision waits for the next run, which acts on it",
        SharedState => "state.json is shared by all loops of the repository and now belongs to another one",
        NeverRan => "the loop has not run yet",
        _ => $"it follows from {code}",
    };

    /// <summary>Whether it is one of these, and not the code of a finding.</summary>
    public static bool IsReason(string? code) =>
        code is Cancelled or Starting or Ending or Ended or RateLimit or Rerun or Decided or SharedState or NeverRan;
}
