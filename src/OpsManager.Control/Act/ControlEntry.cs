using OpsManager.Contract;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>What is recorded of an attempt, without its result.</summary>
/// <param name="CommandLine">As it could be run by hand.</param>
internal sealed record ControlEntry(
    string Loop, string Key, string TraceId, ControlAttempt Attempt, string CommandLine, DateTimeOffset StartedAt, bool Confirm,
    TimeSpan Timeout, TimeSpan Interval)
{
    /// <summary>How it was sent: one of <see cref="Transports"/>.</summary>
    public string Transport { get; init; } = Transports.Local;

    public static ControlEntry From(ControlRequest request, ControlPlan plan, DateTimeOffset startedAt) =>
        new(
            request.Loop, request.IdempotencyKey, request.TraceId, plan.Attempt, plan.Line(request.Command), startedAt, request.Confirm,
            request.Timeout, request.Interval)
        { Transport = request.Transport };

    /// <summary>The entry of a case that another process began; null where its record does not hold enough.</summary>
    public static ControlEntry? From(string repo, string loop, ControlCase known) =>
        ControlAttempt.From(repo, loop, known) is { } attempt && known.StartedAt is { } started
            ? new(
                loop, known.Key, known.TraceId ?? known.Key, attempt, known.Command ?? "", started, true,
                TimeSpan.FromSeconds(known.TimeoutSeconds ?? 0), TimeSpan.Zero)
            { Transport = known.Transport }
            : null;
}
