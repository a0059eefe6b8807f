using OpsManager.Contract.Words;

namespace OpsManager.Core.Guides;

/// <summary>Findings about events.jsonl.</summary>
internal static class EventLogGuides
{
    public static readonly IReadOnlyList<CodeGuide> All =
    [
        new(
            FindingCodes.CursorRegression, CodeTopic.EventLog,
            "The log has fewer lines than were read before. Lines are lost, so nothing is concluded from the log until you say so.",
            "the cursor and the number of lines of events.jsonl",
            "Find out who cut it; then run `ops-manager reconcile --from-start`.",
            "show-incident", "show-timeline"),
        new(
            FindingCodes.OrderingDrift, CodeTopic.EventLog,
            "The sequence number of snapshots has gone back, because the log has fewer lines. "
            + "Readers of snapshots may see them in a wrong order.",
            "the cursor, the sequence number of the last snapshot and the number of lines of events.jsonl",
            "Find out who cut the log; then run `ops-manager reconcile --from-start`.",
            "show-timeline"),
        new(
            FindingCodes.EventsTruncated, CodeTopic.EventLog,
            "The log became shorter while it was watched. The lines that were cut off are lost unless they exist elsewhere.",
            "events.jsonl before and after",
            "Find out who cut it; the timeline says where ({show-timeline}).",
            "show-timeline"),
        new(
            FindingCodes.EventsRewritten, CodeTopic.EventLog,
            "The log was replaced, or its earlier lines were changed. Lines that were read are no longer in it.",
            "events.jsonl before and after",
            "Find out who replaced it; the timeline says where ({show-timeline}).",
            "show-timeline"),
        new(
            FindingCodes.EventsMissing, CodeTopic.EventLog,
            "The loop has no event log. This is usual in the first moments of a run.",
            "the directory of the loop",
            "In the first moments of a run: nothing. Later: find out who removed it.",
            "show-files"),
        new(
            FindingCodes.EventsUnreadable, CodeTopic.EventLog,
            "The log cannot be opened. What is shown was read before.",
            "events.jsonl and the error of the system",
            "Correct its permissions, or remove what is in its place.",
            "show-files"),
        new(
            FindingCodes.EventInvalid, CodeTopic.EventLog,
            "A line of the log is no event. It is skipped here; the verbs `events` and `reconcile` refuse such a log.",
            "the first such line of events.jsonl",
            "Press {open} on the alert to go to the line.",
            "open", "show-timeline"),
    ];
}
