using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Control;

/// <summary>An intent with its target and baseline: all that is needed to judge its result later.</summary>
/// <param name="By">The operator, as the runtime records it.</param>
public sealed record ControlAttempt(Intent Intent, ControlTarget Target, Baseline Baseline, string By)
{
    /// <summary>As it is kept.</summary>
    public ControlAim Aim => new(
        Target.RunId,
        Target.Iteration,
        Target.Pid,
        Target.PidLoop,
        Target.PidStarted,
        Baseline.PidGone,
        Baseline.At,
        Baseline.Events,
        Baseline.Decisions,
        Baseline.ApprovalStatus,
        Baseline.IsActive,
        Target.RequestedAt);

    /// <summary>The attempt that a kept case was; null where the record does not hold it.</summary>
    public static ControlAttempt? From(string repo, string loop, ControlCase known) =>
        known.Aim is { } aim && Intent.TryParse(known.Intent, known.Note, out var intent)
            ? new(
                intent,
                new ControlTarget(repo, loop, aim.RunId, aim.Iteration, aim.Pid, aim.PidLoop, aim.PidStarted, aim.RequestedAt),
                new Baseline(aim.At, aim.Events, aim.Decisions, aim.ApprovalStatus, aim.IsActive, aim.PidGone),
                known.By ?? "")
            : null;
}
