using OpsManager.Contract.Words;

namespace OpsManager.Control.Rollout;

/// <summary>What an operator should check after a rollback, by its cause; docs/rollout.md says the same at more length.</summary>
internal static class IncidentGuide
{
    public static IReadOnlyList<string> For(string cause) => cause switch
    {
        RollbackCauses.CursorRegression =>
        [
            "Who cut the log? Nothing of the runtime does: look for a restore, a clean-up, a `git checkout` or a second clone of the "
                + "repository.",
            "Compare the last events above with the end of the file: is what is missing needed?",
            "If the loop runs, is it writing into this file (its inode may be another one)?",
            "After arming it again, `ops-manager reconcile` needs `--from-start` once: its own cursor does not move back by itself.",
        ],
        RollbackCauses.LogRewritten =>
        [
            "Who replaced or edited the log? The runtime only appends: look for an editor, a restore or a second clone.",
            "Compare the last events above with the same lines of the file now.",
            "After arming it again, `ops-manager reconcile` needs `--from-start` once: its cursor counts lines of the log that was.",
        ],
        RollbackCauses.SuccessUnconfirmed =>
        [
            "Find the row in intents.jsonl (its key is in the evidence) and who wrote it: requestedBy, transport, traceId.",
            "Which decision is in force stands in approval.json, or in the event that took it up; decisions.jsonl tells who tried.",
            "If it was never decided, decide it now by the runtime's own command.",
            "Arming the loop again accepts the row as it stands; it is not removed.",
        ],
        RollbackCauses.ProjectionMismatch =>
        [
            "Do not trust what was shown of this loop before: the table says what differed.",
            "Run `ops-manager snapshot` for the loop: it reads everything anew. Compare it with the table.",
            "Was a file changed in place, with the same size and time? Is the disk sound?",
            "If it comes again, keep this note and the loop's directory: it is a fault of the manager.",
        ],
        RollbackCauses.ServiceMismatch =>
        [
            "Does the service watch the same directory, and is it of the same version?",
            "Run `ops-manager snapshot` for the loop and compare it with what the service answers.",
            "Is the service's host asleep, or its disk another one?",
        ],
        _ => ["Look at the evidence above, and at the loop's artifacts."],
    };
}
