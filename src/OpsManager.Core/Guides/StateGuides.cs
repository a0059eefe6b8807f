using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>States of a run, in the words of the screen.</summary>
internal static class StateGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            "running", CodeTopic.State, "A process works on the loop, as the files or the list of processes say.",
            ToDo: "Nothing.", Actions: "show-log"),
        new(
            "paused", CodeTopic.State, "The run's process is stopped or frozen: it is there, and does nothing.",
            ToDo: "Let it go on by the command that the screen names ({copy} copies it).", Actions: "copy"),
        new(
            "waiting", CodeTopic.State, "The run has asked for a decision, and nobody has decided yet.",
            ToDo: "Read what was asked, then approve ({approve-run}) or reject ({reject-run}).", Actions: ["approve-run", "reject-run"]),
        new(
            DecisionWords.Approved, CodeTopic.State, "The run was approved, and no run has acted on that yet.",
            ToDo: "Run the loop ({copy} copies the command): it completes.", Actions: "copy"),
        new(
            DecisionWords.Rejected, CodeTopic.State, "The run was rejected, and no run has acted on that yet.",
            ToDo: "Run the loop ({copy} copies the command): it goes on with the next iteration.", Actions: "copy"),
        new("complete", CodeTopic.State, "The loop has reached its aim; an event says so.", ToDo: "Nothing."),
        new(
            "stopped", CodeTopic.State,
            "The run has ended before the loop was complete: at a limit, without progress, or because it was cancelled.",
            ToDo: "Run it again to continue ({copy} copies the command).", Actions: "copy"),
        new(
            "failed", CodeTopic.State, "The run has ended by a fault, or its process has exited without an end in the log.",
            ToDo: "Read its last events and its log ({show-log}), then run it again.", Actions: ["show-log", "copy"]),
        new("idle", CodeTopic.State, "No run is active, and nothing waits.", ToDo: "Run it when there is more to do.", Actions: "copy"),
        new(
            OutcomeWords.Unknown, CodeTopic.State, "The files do not say what the run does, or contradict each other.",
            ToDo: "Read the evidence ({show-why}).", Actions: "show-why"),
    ];
}
