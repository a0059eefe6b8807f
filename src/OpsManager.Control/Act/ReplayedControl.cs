using System.Text.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;

namespace OpsManager.Control.Act;

/// <summary>What is kept where a key is used again over a service: its result once more, marked as one that was there before.</summary>
internal sealed record ReplayedControl(IntentRow Row, ControlInvocation Invocation)
{
    public static ReplayedControl From(IntentRow before, ControlRequest request, DateTimeOffset at)
    {
        var row = before with { Timestamp = at, CommandOutput = AnswerOf(before, request) };
        var confirmation = row.Status switch
        {
            IntentStatus.Confirmed => new InvocationConfirmation(true, IntentStatuses.Confirmed, row.ConfirmExitCode, null),
            IntentStatus.Ambiguous => new InvocationConfirmation(true, IntentStatuses.Ambiguous, row.ConfirmExitCode, null),
            IntentStatus.ExecutedUnconfirmed => new InvocationConfirmation(false, "skipped", null, null),
            _ => new InvocationConfirmation(false, "not_attempted", null, null),
        };
        return new(row, new ControlInvocation(row)
        {
            StartedAt = at,
            Request = new InvocationRequest(
                request.Confirm, request.Timeout.TotalSeconds, request.Interval.TotalSeconds, request.RetryAttempts,
                request.RetryBackoff.TotalSeconds),
            Execution = new InvocationExecution(
                row.Status == IntentStatus.FailedCommand ? IntentStatuses.FailedCommand : "succeeded", row.ExitCode, row.Command ?? "",
                row.CommandOutput, Replayed: true),
            Confirmation = confirmation with { Outcome = row.Confirm },
            Outcome = new InvocationOutcome(
                row.Status ?? IntentStatus.Ambiguous, row.IsConfirmed == true, row.ReasonCode ?? row.Status switch
                {
                    IntentStatus.Ambiguous or null => EscalationCategories.ControlAmbiguous,
                    IntentStatus.FailedCommand => EscalationCategories.ControlFailedCommand,
                    _ => null,
                },
                0),
        });
    }

    /// <summary>What the service would answer: the same as before, as an answer that was there before.</summary>
    private static string AnswerOf(IntentRow before, ControlRequest request)
    {
        var exit = before.Status switch
        {
            IntentStatus.Confirmed or IntentStatus.ExecutedUnconfirmed => ExitCodes.Ok,
            IntentStatus.FailedCommand => ExitCodes.Failed,
            _ => ExitCodes.Ambiguous,
        };
        // The answer itself is not kept twice: rows inside rows would grow with each asking.
        var answer = new ControlAnswer
        {
            Ok = exit == ExitCodes.Ok,
            ExitCode = exit,
            Result = JsonSerializer.SerializeToElement(before with { CommandOutput = null }, ContractJson.Default.IntentRow),
            Replayed = true,
            TraceId = request.TraceId,
        };
        return ContractJson.Write(answer, ContractJson.Default.ControlAnswer);
    }
}
