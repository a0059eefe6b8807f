using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary>The row of an intent, as lines with a label, for people.</summary>
internal static class IntentRowText
{
    public static IEnumerable<string[]> Rows(IntentRow row)
    {
        yield return ["Intent", $"{row.Intent} of {row.LoopId} by {row.RequestedBy}"];
        if (row.Note is { Length: > 0 } note)
        {
            yield return ["Note", note];
        }

        yield return ["Result", Result(row)];
        if (row.Confirm?.Text("reason") is { } reason)
        {
            yield return ["Evidence", reason];
        }

        yield return ["Command", $"{row.Command}{(row.ExitCode is { } code ? $" (exit code {code})" : "")}"];
        yield return ["Key", row.IdempotencyKey ?? ""];
        if (row.Now is { } now)
        {
            yield return ["Now", now.Why is { Length: > 0 } why ? $"{now.Outcome}: {why}" : now.Outcome];
        }
    }

    /// <summary>In the words of the screen where they are others than those of the file.</summary>
    private static string Result(IntentRow row) => (row.Status switch
    {
        IntentStatus.Confirmed => IntentStatuses.Confirmed,
        IntentStatus.Ambiguous => row.ReasonCode ?? "not confirmed",
        IntentStatus.FailedCommand => row.ReasonCode is { } code ? $"failed, {code}" : "failed",
        IntentStatus.ExecutedUnconfirmed => "sent, not verified",
        _ => row.StatusWord ?? OutcomeWords.Unknown,
    }).Replace('_', ' ');
}
