using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Findings about a run and its process.</summary>
internal static class RunGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            FindingCodes.ProcessGone, CodeTopic.Run,
            "The process that ran the loop has exited, and no event ended the run. Nothing works on this loop now.",
            "active-run.json, the list of processes, and the end of events.jsonl",
            "Read the log of the role that was at work ({show-log}), then run the loop again ({copy} copies the command).",
            "show-log", "copy", "show-why"),
        new(
            FindingCodes.UnclaimedActive, CodeTopic.Run,
            "The file state.json says that a run is active, but no process runs it. The run ended without clearing its files.",
            "state.json, active-run.json and the list of processes",
            "Run the loop again, or cancel it to clear the files.",
            "copy", "cancel-run", "show-log"),
        new(
            FindingCodes.ClaimOverwritten, CodeTopic.Run,
            "Two loops run at once, and active-run.json now belongs to the other one. The runtime's own cancel would stop the other run.",
            "active-run.json and the process of this loop",
            "Let one of them end before you cancel anything from the command line.",
            "show-why", "show-runs"),
        new(
            FindingCodes.LoopVanished, CodeTopic.Run,
            "The loop's directory is missing, but its process may still be running. What the run writes now has no place.",
            "the directory of the loop and the list of processes",
            "Put the directory back, or cancel the run ({cancel-run}).",
            "cancel-run", "show-why"),
        new(
            FindingCodes.HeartbeatStale, CodeTopic.Run,
            "The run's heartbeat is older than the threshold. The run may hang, or its process may have ended.",
            "heartbeat.v1.json and its age",
            "See what the agent writes ({show-log}) and whether its process is running ({show-why}).",
            "show-log", "show-why"),
        new(
            FindingCodes.IngestStale, CodeTopic.Run,
            "The run has written no event for longer than the threshold. The agent may be slow, or wait for a rate limit.",
            "the newest line of events.jsonl and its age",
            "Read the log of the role ({show-log}).",
            "show-log", "show-timeline"),
    ];
}
