using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>
/// Reasons why health is not healthy (docs/contract.md, "Health"). <c>ingest_stale</c> is a finding too, and has its guide there.
/// </summary>
internal static class HealthGuides
{
    private const string Newest = "the newest row of intents.jsonl";

    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            HealthCodes.DivergenceDetected, CodeTopic.Health, "The files of the run say different things.",
            "state.json, the log and the approval", "Compare them in the detail pane.", "show-why"),
        new(
            HealthCodes.ControlAmbiguous, CodeTopic.Health, "A command that was sent from here may or may not have taken effect.",
            Newest, "Look at the run, then acknowledge it ({acknowledge}).", "acknowledge"),
        new(
            HealthCodes.ControlFailedCommand, CodeTopic.Health, "The last command that was sent from here failed.",
            Newest, "Read its output in the detail pane, and send it again when the cause is corrected."),
        new(
            HealthCodes.RuntimeHeartbeatStale, CodeTopic.Health, "The runtime's heartbeat is older than the threshold.",
            "heartbeat.v1.json and its age", "See whether the process is running."),
        new(
            HealthCodes.TransportUnreachable, CodeTopic.Health,
            "The repository, or the sprite, could not be read the last time. What is shown was read before.",
            "the error of the last attempt", "Correct what the error names: it is then read again by itself.", "wake"),
        new(
            HealthCodes.InvalidTransportPayload, CodeTopic.Health, "What the sprite answered is not what the contract says.",
            "the error of the last attempt", "See whether another program answers at that address, or another version of ops-manager."),
        new(
            HealthCodes.ProjectionFailed, CodeTopic.Health, "A file that ops-manager itself keeps is broken.",
            "the file that the error names", "Move that file away."),
        new(
            HealthCodes.OrderingDriftDetected, CodeTopic.Health, "The log has fewer lines than were read before.",
            "the kept cursor and the length of the log", "See whether the log was replaced, or whether two readers share one cursor."),
        new(
            HealthCodes.ReconcileFailed, CodeTopic.Health, "A reconcile failed, and no other code says why.",
            "the error of the reconcile", "Read the error, and reconcile again."),
    ];
}
