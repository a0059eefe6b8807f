using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>All that is kept at the end of an intent.</summary>
internal sealed record ControlEnd(
    IntentRow Row, ControlInvocation Invocation, ControlRow Step, EscalationRow? Escalation, Outcome? Outcome);

/// <summary>Puts what happened to one attempt into the rows that are kept of it.</summary>
internal sealed class ControlRecord(ControlEntry entry)
{
    private readonly Intent intent = entry.Attempt.Intent;

    /// <summary>The command is about to be started.</summary>
    public ControlRow Started() => Row(ControlRow.Started, entry.StartedAt);

    /// <summary>The command has ended.</summary>
    public ControlRow Executed(Execution execution, DateTimeOffset at) =>
        Row(ControlRow.Executed, at) with { ExitCode = execution.ExitCode, Output = WordsOf(execution) };

    /// <summary>New evidence of an intent that has an outcome.</summary>
    public ControlEnd Late(Execution execution, Outcome outcome, DateTimeOffset at, Sighting? seen = null)
    {
        var end = Sent(execution, outcome, at, seen);
        return end with { Step = Told(ControlRow.Late, outcome, at) };
    }

    /// <summary>It could not be sent.</summary>
    /// <param name="reasonCode">A word for why, where there is one.</param>
    public ControlEnd Refused(Outcome.Refused outcome, DateTimeOffset at, string? reasonCode = null) =>
        Sent(new Execution(null, "", outcome.Why, WasStarted: false), outcome, at, reasonCode: reasonCode);

    /// <summary>It was sent. <paramref name="outcome"/> is null where the result was not verified, on request.</summary>
    /// <param name="seen">What was seen last while it was verified; null where it was not.</param>
    public ControlEnd Sent(Execution execution, Outcome? outcome, DateTimeOffset at, Sighting? seen = null, string? reasonCode = null)
    {
        var facts = new IntentFacts(
            at, entry.Loop, intent.Word, entry.TraceId, entry.Attempt.By, intent.Note, entry.Transport, entry.CommandLine, entry.Key,
            execution.ExitCode, execution.Answer ?? WordsOf(execution));
        var row = outcome switch
        {
            Outcome.Success success => IntentRow.Confirmed(facts, ConfirmationOf(success), ContractJson.Default.Confirmation),
            Outcome.Refused => IntentRow.Failed(facts, reasonCode),
            null => IntentRow.Unconfirmed(facts),
            _ => IntentRow.Ambiguous(facts, outcome is Outcome.Contradicted ? outcome.Word : null),
        };
        if (outcome is not null and not Outcome.Refused && seen is not null)
        {
            var evidence = outcome is Outcome.Success ? EvidenceOf(outcome) : null;
            row = row with
            {
                Confirm = JsonSerializer.SerializeToElement(
                    seen.Report(intent, outcome, entry.Timeout, evidence, at), ContractJson.Default.ConfirmReport),
            };
        }

        return new ControlEnd(
            row, Invocation(row, execution, outcome, at), Told(ControlRow.Finished, outcome, at), Escalation(outcome, at), outcome);
    }

    private ControlInvocation Invocation(IntentRow row, Execution execution, Outcome? outcome, DateTimeOffset at) => new(row)
    {
        StartedAt = entry.StartedAt,
        Request = new InvocationRequest(entry.Confirm, entry.Timeout.TotalSeconds, entry.Interval.TotalSeconds, entry.RetryAttempts,
            entry.RetryBackoff.TotalSeconds),
        Execution = new InvocationExecution(
            !execution.WasStarted || execution.IsByHand ? "not_started"
            : execution.Succeeded ? "succeeded"
            : IntentStatuses.FailedCommand,
            execution.ExitCode, entry.CommandLine, row.CommandOutput, execution.IsReplayed),
        Confirmation = ConfirmationOf(execution, outcome) with { Outcome = row.Confirm },
        Outcome = new InvocationOutcome(
            row.Status!.Value, outcome is Outcome.Success, row.ReasonCode ?? CategoryOf(outcome), (at - entry.StartedAt).TotalSeconds),
    };

    private InvocationConfirmation ConfirmationOf(Execution execution, Outcome? outcome) => outcome switch
    {
        _ when !execution.WasStarted => new(false, "not_attempted", null, outcome?.Word),
        null => new(false, "skipped", null, null),
        Outcome.Success => new(true, IntentStatuses.Confirmed, ExitCodes.Ok, outcome.Word),
        Outcome.Refused when !entry.Confirm => new(false, "skipped", null, outcome.Word),
        _ => new(true, IntentStatuses.Ambiguous, ExitCodes.Ambiguous, outcome.Word),
    };

    private EscalationRow? Escalation(Outcome? outcome, DateTimeOffset at) => outcome is null or Outcome.Success
        ? null
        : new EscalationRow
        {
            Timestamp = at,
            LoopId = entry.Loop,
            TraceId = entry.TraceId,
            Category = CategoryOf(outcome)!,
            Intent = intent.Word,
            IdempotencyKey = entry.Key,
            Outcome = outcome.Word,
            Why = WhyOf(outcome) ?? "",
            Evidence = EvidenceOf(outcome),
        };

    private ControlRow Told(string phase, Outcome? outcome, DateTimeOffset at) => outcome switch
    {
        Outcome.Success success => Row(phase, at).Took(EffectOf(success), ConfirmationOf(success)),
        Outcome.Refused refused => Row(phase, at).DidNot(ControlRow.Failure.Refused, refused.Why, []),
        Outcome.Contradicted contradicted =>
            Row(phase, at).DidNot(ControlRow.Failure.Contradicted, contradicted.Why, EvidenceOf(contradicted)),
        Outcome.Unknown unknown => Row(phase, at).DidNot(ControlRow.Failure.Unknown, unknown.Why, []),
        _ => Row(phase, at),
    };

    private ControlRow Row(string phase, DateTimeOffset at) => new()
    {
        Timestamp = at,
        Phase = phase,
        LoopId = entry.Loop,
        IdempotencyKey = entry.Key,
        TraceId = entry.TraceId,
        Intent = intent.Word,
        RequestedBy = entry.Attempt.By,
        Note = intent.Note,
        Command = entry.CommandLine,
        Aim = entry.Attempt.Aim,
        TimeoutSeconds = entry.Timeout.TotalSeconds,
        Transport = entry.Transport == Transports.Local ? null : entry.Transport,
    };

    private static ControlRow.Effect EffectOf(Outcome.Success success) => success switch
    {
        Outcome.Completed => ControlRow.Effect.Completed,
        Outcome.Consumed => ControlRow.Effect.Consumed,
        _ => ControlRow.Effect.Observed,
    };

    private static string? WordsOf(Execution execution) => execution.Output.Length == 0 ? execution.Fault : execution.Output;

    private static string? CategoryOf(Outcome? outcome) => outcome switch
    {
        null or Outcome.Success => null,
        Outcome.Refused => EscalationCategories.ControlFailedCommand,
        _ => EscalationCategories.ControlAmbiguous,
    };

    private static string? WhyOf(Outcome? outcome) => outcome switch
    {
        Outcome.Refused refused => refused.Why,
        Outcome.Contradicted contradicted => contradicted.Why,
        Outcome.Unknown unknown => unknown.Why,
        _ => null,
    };

    private static Confirmation ConfirmationOf(Outcome.Success success) =>
        new(success.Evidence[0].Record, success.Evidence.Skip(1).Select(static evidence => evidence.Record));

    private static IReadOnlyList<EvidenceRecord> EvidenceOf(Outcome? outcome) =>
        outcome is null ? [] : [.. outcome.Evidence.Select(static evidence => evidence.Record)];
}
