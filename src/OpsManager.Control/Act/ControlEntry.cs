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

    /// <summary>How often a service was to be asked; 0 where nobody said.</summary>
    public int RetryAttempts { get; init; }

    /// <summary>The wait before the second time.</summary>
    public TimeSpan RetryBackoff { get; init; }

    public static ControlEntry From(ControlRequest request, ControlPlan plan, DateTimeOffset startedAt) =>
        From(request, plan.Attempt, plan.Line(request.Command), startedAt);

    /// <summary>The same of a request that was not planned, because its loop could not be read.</summary>
    public static ControlEntry From(ControlRequest request, ControlAttempt attempt, string commandLine, DateTimeOffset startedAt) =>
        new(
            request.Loop, request.IdempotencyKey, request.TraceId, attempt, commandLine, startedAt, request.Confirm, request.Timeout,
            request.Interval)
        { Transport = request.Transport, RetryAttempts = request.RetryAttempts, RetryBackoff = request.RetryBackoff };

    /// <summary>The entry of a case that another process began; null where its record does not hold enough.</summary>
    public static ControlEntry? From(string repo, string loop, ControlCase known) =>
        ControlAttempt.From(repo, loop, known) is { } attempt && known.StartedAt is { } started
            ? new(
                loop, known.Key, known.TraceId ?? known.Key, attempt, known.Command ?? "", started, true,
                TimeSpan.FromSeconds(known.TimeoutSeconds ?? 0), TimeSpan.Zero)
            { Transport = known.Transport }
            : null;
}
