using OpsManager.Contract.Manager;
using OpsManager.Core.Control;

namespace OpsManager.Control.Act;

/// <summary>All that is kept at the end of an intent.</summary>
public sealed record ControlEnd(IntentRow Row, ControlInvocation Invocation, ControlRow Step, EscalationRow? Escalation, Outcome? Outcome);

/// <summary>Puts what happened to one request into the rows that are kept of it.</summary>
public sealed class ControlRecord(ControlRequest request, ControlPlan plan, DateTimeOffset startedAt)
{
    private readonly string command = request.Command.Line(plan.Arguments);

    /// <summary>A step in its life.</summary>
    public ControlRow Step(string phase, DateTimeOffset at, Outcome? outcome) => new()
    {
        Timestamp = at,
        Phase = phase,
        LoopId = request.Loop,
        IdempotencyKey = request.IdempotencyKey,
        TraceId = request.TraceId,
        Intent = plan.Intent.Word,
        RequestedBy = plan.By,
        Note = plan.Intent.Note,
        Command = command,
        Aim = new ControlAim(
            plan.Target.RunId,
            plan.Target.Iteration,
            plan.Target.Pid,
            plan.Target.PidLoop,
            plan.Target.PidStarted,
            plan.Baseline.At,
            plan.Baseline.Events,
            plan.Baseline.Decisions,
            plan.Baseline.ApprovalStatus,
            plan.Baseline.IsActive),
        Outcome = outcome?.Word,
        Why = WhyOf(outcome),
        Evidence = EvidenceOf(outcome),
    };

    /// <summary>It could not be sent.</summary>
    public ControlEnd Refused(Outcome.Refused outcome, DateTimeOffset at) => Sent(new Execution(null, "", outcome.Why, WasStarted: false), outcome, at);

    /// <summary>It was sent. <paramref name="outcome"/> is null where nobody looked, on request.</summary>
    public ControlEnd Sent(Execution execution, Outcome? outcome, DateTimeOffset at)
    {
        var facts = new IntentFacts(
            at, request.Loop, plan.Intent.Word, request.TraceId, plan.By, plan.Intent.Note, "local", command, request.IdempotencyKey, execution.ExitCode,
            execution.Output.Length == 0 ? execution.Fault : execution.Output);
        var row = outcome switch
        {
            Outcome.Success success => IntentRow.Confirmed(facts, ConfirmationOf(success)),
            Outcome.Refused => IntentRow.Failed(facts),
            null => IntentRow.Unconfirmed(facts),
            _ => IntentRow.Ambiguous(facts),
        };
        return new ControlEnd(row, Invocation(row, execution, outcome, at), Step(ControlRow.Finished, at, outcome), Escalation(outcome, at), outcome);
    }

    private ControlInvocation Invocation(IntentRow row, Execution execution, Outcome? outcome, DateTimeOffset at) => new(row)
    {
        StartedAt = startedAt,
        Request = new InvocationRequest(request.Confirm, request.Timeout.TotalSeconds, request.Interval.TotalSeconds, 0, 0),
        Execution = new InvocationExecution(
            !execution.WasStarted ? "not_started" : execution.Succeeded ? "succeeded" : "failed_command", execution.ExitCode, command, row.CommandOutput, Replayed: false),
        Confirmation = outcome switch
        {
            _ when !execution.WasStarted => new(false, "not_attempted", null, outcome?.Word),
            null => new(false, "skipped", null, null),
            Outcome.Success => new(true, "confirmed", 0, outcome.Word),
            Outcome.Refused when !request.Confirm => new(false, "skipped", null, outcome.Word),
            _ => new(true, "ambiguous", 2, outcome.Word),
        },
        Outcome = new InvocationOutcome(row.Status!.Value, outcome is Outcome.Success, ReasonOf(outcome), (at - startedAt).TotalSeconds),
    };

    private EscalationRow? Escalation(Outcome? outcome, DateTimeOffset at) => outcome is null or Outcome.Success
        ? null
        : new EscalationRow
        {
            Timestamp = at,
            LoopId = request.Loop,
            TraceId = request.TraceId,
            Category = ReasonOf(outcome)!,
            Intent = plan.Intent.Word,
            IdempotencyKey = request.IdempotencyKey,
            Outcome = outcome.Word,
            Why = WhyOf(outcome) ?? "",
            Evidence = EvidenceOf(outcome),
        };

    private static string? ReasonOf(Outcome? outcome) => outcome switch
    {
        null or Outcome.Success => null,
        Outcome.Refused => "control_failed_command",
        _ => "control_ambiguous",
    };

    private static string? WhyOf(Outcome? outcome) => outcome switch
    {
        Outcome.Refused refused => refused.Why,
        Outcome.Contradicted contradicted => contradicted.Why,
        Outcome.Unknown unknown => unknown.Why,
        _ => null,
    };

    private static Confirmation ConfirmationOf(Outcome.Success success) => new(success.Evidence[0].Record, success.Evidence.Skip(1).Select(static evidence => evidence.Record));

    private static IReadOnlyList<EvidenceRecord> EvidenceOf(Outcome? outcome) => outcome is null ? [] : [.. outcome.Evidence.Select(static evidence => evidence.Record)];
}
