namespace OpsManager.Core.Rules.Control;

/// <summary>What an intent is meant for, as it was seen when it was planned.</summary>
/// <param name="RunId">The run that waits for approval; for a cancel the run at work. Null where nothing says.</param>
/// <param name="Pid">The process that active-run.json names; null where it names none.</param>
/// <param name="PidLoop">The loop that the process works on: a cancel stops it, whichever loop was meant.</param>
/// <param name="PidStarted">When that process started, in the kernel's ticks: with the number it identifies a process.</param>
/// <param name="RequestedAt">
/// When the approval was requested, as approval.json says: another time is another request. Null for a cancel, and in records of before.
/// </param>
public sealed record ControlTarget(
    string Repo,
    string Loop,
    string? RunId,
    long? Iteration,
    int? Pid,
    string? PidLoop,
    ulong? PidStarted,
    DateTimeOffset? RequestedAt = null);
