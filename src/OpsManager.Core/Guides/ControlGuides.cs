using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Findings about decisions and what was sent from here.</summary>
internal static class ControlGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            FindingCodes.ApprovalUnconsumed, CodeTopic.Control,
            "An approval was decided, and no run has acted on it yet. The decision waits for the next run.",
            $"the decision in {FileNames.Approval}",
            "Start the run: {copy} copies the command.",
            "copy", "next-tab"),
        new(
            FindingCodes.ControlUnreviewed, CodeTopic.Control,
            "A command that was sent from here was not confirmed, and nobody has acknowledged it. "
            + "It may still have taken effect.",
            "the row of telemetry/control.jsonl, and the files that were looked at",
            "Read its evidence in the tab Control; then press {acknowledge} and write a note.",
            "acknowledge", "next-tab"),
        new(
            FindingCodes.RolledBack, CodeTopic.Control,
            "What was read of this loop contradicts itself, so control is off and only snapshots are used. "
            + "Nothing can be sent until it is re-armed.",
            "the incident note, and what was seen",
            "Read the incident note ({show-incident}), and re-arm the loop ({rearm}) when the cause is removed.",
            "show-incident", "rearm"),
    ];
}
