using OpsManager.Contract.Json;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Planning;

/// <summary>What sending an intent will really do, why it cannot be sent if it cannot, and what to know before.</summary>
/// <param name="Arguments">Of the runtime's command, without the command itself; each stands for itself, no shell reads them.</param>
/// <param name="Effects">What will happen, in sentences.</param>
/// <param name="Warnings">What an operator should know before; none of it hinders.</param>
/// <param name="Obstacles">Why it cannot be sent; empty where it can.</param>
public sealed record ControlPlan(
    ControlAttempt Attempt,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Effects,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Obstacles)
{
    /// <summary>How it is sent: one of <see cref="Contract.Transports"/>.</summary>
    public string Transport { get; init; } = Contract.Transports.Local;

    /// <summary>The run is stopped by signals and not by the runtime's command; null mostly.</summary>
    public DirectStop? Stop { get; init; }

    /// <summary>The command line to run by hand.</summary>
    public string Line(RuntimeCommand command) => Stop?.CommandLine ?? command.Line(Arguments);

    public bool CanBeSent => Obstacles.Count == 0;

    public Intent Intent => Attempt.Intent;

    public ControlTarget Target => Attempt.Target;

    public Baseline Baseline => Attempt.Baseline;

    /// <summary>
    /// What is different in <paramref name="now"/> and matters to the operator who confirmed this plan; empty where nothing is. Events
    /// that were only appended do not matter, another run, process or approval does.
    /// </summary>
    public IReadOnlyList<string> ChangesTo(ControlPlan now)
    {
        var changes = new List<string>();
        void Compare<T>(string what, T before, T after)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after))
            {
                changes.Add($"{what} was {Text(before)} and is now {Text(after)}");
            }
        }

        Compare("the run", Target.RunId, now.Target.RunId);
        Compare("the iteration", Target.Iteration, now.Target.Iteration);
        Compare("the time of the request", Target.RequestedAt, now.Target.RequestedAt);
        Compare("the approval", Baseline.ApprovalStatus, now.Baseline.ApprovalStatus);
        if (Intent is Intent.Cancel)
        {
            Compare("the process", Target.Pid, now.Target.Pid);
            Compare("the signal", Stop?.CommandLine, now.Stop?.CommandLine);
            Compare("the loop that it runs", Target.PidLoop, now.Target.PidLoop);
        }

        changes.AddRange(now.Obstacles.Except(Obstacles));
        return changes;
    }

    private static string Text<T>(T value) => value is DateTimeOffset time ? UtcSecondsConverter.Text(time) : value?.ToString() ?? "none";
}
