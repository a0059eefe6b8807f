using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Outcomes of what was sent from here.</summary>
internal static class OutcomeGuides
{
    private const string Done = "Nothing: it is done.";

    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            OutcomeWords.Observed, CodeTopic.Outcome, "The decision is in force, or the run has stopped; the files say so.",
            ToDo: Done),
        new(OutcomeWords.Consumed, CodeTopic.Outcome, "A run has acted on the decision.", ToDo: Done),
        new(OutcomeWords.Completed, CodeTopic.Outcome, "The loop is complete because of the decision.", ToDo: Done),
        new(
            OutcomeWords.Refused, CodeTopic.Outcome, "The command did not start, or failed; its own words say why.",
            ToDo: "Correct the cause and send again."),
        new(
            OutcomeWords.Contradicted, CodeTopic.Outcome,
            "Something else happened: another decision is in force, or the run ended by itself.",
            ToDo: "Read the evidence; decide again if a question is still open."),
        new(
            OutcomeWords.Unknown, CodeTopic.Outcome, "No evidence came in time; the command may still have taken effect.",
            ToDo: "Look at the run before you send again."),
    ];
}
