using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Findings about the files of a loop.</summary>
internal static class FileGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            FindingCodes.StatusDisagreement, CodeTopic.Files,
            "The contract status, which other tools show, is not what the evidence says. The lifecycle on screen follows the evidence.",
            "the contract status, the lifecycle and the rule that decided it",
            "Trust the lifecycle on screen, and read its evidence in the tab Why ({show-why}).",
            "show-why"),
        new(
            FindingCodes.StaleCompletion, CodeTopic.Files,
            "The newest completion belongs to an earlier run. It says nothing about the run that is shown.",
            "the last entry of run-summary.json and the start of this run in events.jsonl",
            "Nothing: it disappears with this run's first iteration.",
            "show-iterations", "show-why"),
        new(
            FindingCodes.ActiveMismatch, CodeTopic.Files,
            "The newest events say that a run goes on, but state.json says that none is active. One of them is old.",
            "the newest events and state.json",
            "See whether the run's process is running ({show-why}).",
            "show-why", "show-files"),
        new(
            FindingCodes.ApprovalCompletionConflict, CodeTopic.Files,
            "An approval is pending although the run is already complete. The approval may belong to another run.",
            "approval.json and run-summary.json",
            "See which run the approval belongs to, in the tab Approval, before you decide it.",
            "show-iterations", "show-why"),
        new(
            FindingCodes.TornArtifact, CodeTopic.Files,
            "A file has been half-written for two seconds. Its writer has probably died.",
            "the file that the evidence names",
            "Look at the file ({show-files}); the next run writes it again.",
            "show-files", "open"),
        new(
            FindingCodes.ArtifactInvalid, CodeTopic.Files,
            "A file is whole, but its content is wrong. Nothing is concluded from it.",
            "the file and the field that the evidence names",
            "Find out who wrote it, and repair or remove it.",
            "show-files", "open"),
        new(
            FindingCodes.ArtifactUnreadable, CodeTopic.Files,
            "A file cannot be opened. What it would say is not known.",
            "the file that the evidence names",
            "Correct its permissions, or remove what is in its place.",
            "show-files"),
    ];
}
