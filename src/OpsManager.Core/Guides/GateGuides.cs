using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Gates, the checks that end an iteration, and the words that say how one went.</summary>
internal static class GateGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new("tests", CodeTopic.Gate, "The test command of the loop."),
        new("validation", CodeTopic.Gate, "The validation command of the loop."),
        new("prerequisites", CodeTopic.Gate, "Whether what the loop needs is there."),
        new("checklist", CodeTopic.Gate, "Whether every item of the loop's checklists is done."),
        new("evidence", CodeTopic.Gate, "Whether the files that prove the work are there and unchanged."),
        new("lifecycle", CodeTopic.Gate, "Whether the programs of the run start and stop cleanly."),
        new(EvidenceSources.Approval, CodeTopic.Gate, "Whether a person has approved the work."),
        new("ok", CodeTopic.GateWord, "The gate has passed."),
        new("failed", CodeTopic.GateWord, "The gate has not passed; the iteration does not complete the loop."),
        new("skipped", CodeTopic.GateWord, "The loop is configured without this gate."),
        new("remaining", CodeTopic.GateWord, "Checklist items are still open."),
        new(OutcomeWords.Unknown, CodeTopic.GateWord, "The runtime could not tell."),
        new(DecisionWords.Pending, CodeTopic.GateWord, "A person has to approve."),
        new(DecisionWords.Approved, CodeTopic.GateWord, "A person has approved."),
        new(DecisionWords.Rejected, CodeTopic.GateWord, "A person has rejected; the loop goes on with the next iteration."),
        new("none", CodeTopic.GateWord, "No decision is needed, or none was asked for."),
    ];
}
