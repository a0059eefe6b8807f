using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Service;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// Keeps that an intent was not sent because its service could not be asked: a row that says so, and an escalation. Nothing was sent, so
/// the same key may be used again.
/// </summary>
public static class UnsentControl
{
    /// <param name="commandLine">What was to be sent, as the row says it.</param>
    /// <param name="why">The fault of the service, in words.</param>
    /// <exception cref="ContractException">The key was used for another request, or is none.</exception>
    /// <exception cref="IOException">The record of the key cannot be read.</exception>
    public static ControlResult Keep(IFileSystem files, TimeProvider time, ControlRequest request, string commandLine, string why)
    {
        if (!ControlRequest.IsKey(request.IdempotencyKey))
        {
            const string Fault = "the idempotency key must have 1 to";
            throw new ContractException(
                ServiceCodes.InvalidRequest, $"{Fault} {JsonFields.MaxWordChars} characters and no control character");
        }

        var history = KeyHistory.Read(new ManagerFiles(files, request.Place, request.Loop), request.IdempotencyKey);
        history.Check(request);
        if (history.Row is { } before)
        {
            return new ControlResult(before, null, Replayed: true);
        }

        var now = time.GetUtcNow();
        var record = new ControlRecord(ControlEntry.From(request, AttemptOf(request, now), commandLine, now));
        if (history is { IsUsed: true, Case: { } begun })
        {
            // It may have taken effect: only the artifacts can tell, and they cannot be read.
            var unknown = record.Sent(begun.Execution(), new Outcome.Unknown(why), now);
            return new ControlResult(unknown.Row, unknown.Outcome, Replayed: true);
        }

        var end = record.Refused(new Outcome.Refused(why), now, FailureCodes.ServiceRequestFailed);
        var fault = AuditFault.Of(() => new ControlAudit(files, request.Place, request.Loop).Finish(end));
        return new ControlResult(end.Row, end.Outcome, Replayed: false, fault);
    }

    /// <summary>Nothing is known of the loop.</summary>
    private static ControlAttempt AttemptOf(ControlRequest request, DateTimeOffset now) => new(
        request.Intent, new ControlTarget(request.Repo, request.Loop, null, null, null, null, null),
        new Baseline(now, 0, 0, null, IsActive: false, PidGone: false), request.By);
}
