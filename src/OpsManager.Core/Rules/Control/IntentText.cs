using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Control;

/// <summary>An intent and its result in the words of people (docs/control.md, "Outcomes"). Files keep the contract's words.</summary>
public static class IntentText
{
    /// <summary>"approval", "rejection" or "cancel"; any other intent as it is.</summary>
    public static string Noun(string intent) => intent switch
    {
        IntentWords.Approve => "approval",
        IntentWords.Reject => "rejection",
        _ => intent,
    };

    /// <summary>The result of an intent without success, as the end of a sentence.</summary>
    public static string Result(string outcome) => outcome switch
    {
        OutcomeWords.Refused => "was refused",
        OutcomeWords.Contradicted => "was contradicted",
        _ => "was not confirmed",
    };
}
