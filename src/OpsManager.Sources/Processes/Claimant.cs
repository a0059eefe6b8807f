using System.Globalization;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Processes;

/// <summary>What a command line shows.</summary>
internal enum CommandKind
{
    /// <summary>It could not be read.</summary>
    Unread,

    /// <summary>Not the runtime's.</summary>
    Other,

    /// <summary>The runtime is named in it.</summary>
    Runtime,
}

/// <summary>What is known of a living process that a claim names; null where it is not known.</summary>
/// <param name="Shown">Its command line for people.</param>
internal readonly record struct ClaimedProcess(int Pid, int? Group, DateTimeOffset? StartedAt, CommandKind Command, string Shown);

/// <summary>
/// Whether a living process is the one that active-run.json names (docs/contract.md, "What the runtime really does", point 13). Pure.
/// </summary>
internal static class Claimant
{
    /// <summary>
    /// active-run.json has whole seconds and the boot time is rounded: a start this much later than the claim is no contradiction
    /// yet.
    /// </summary>
    private static readonly TimeSpan ClaimSlack = TimeSpan.FromSeconds(3);

    /// <summary>Why it is not, with what that makes of the claim; <see cref="ProcessFate.Alive"/> where it is.</summary>
    public static (ProcessFate Fate, string Fact) Judge(ActiveRun run, in ClaimedProcess process)
    {
        var pid = process.Pid.ToString(CultureInfo.InvariantCulture);
        var isOtherGroup = run.ProcessGroup is { } claimed && process.Group is { } group && claimed != group;
        if (run.UpdatedAt is { } at && process.StartedAt is { } started && started > at + ClaimSlack)
        {
            // After a paused host wakes, its clock has jumped and its boot counter has not: every process seems to have started late.
            if (isOtherGroup || process.Command == CommandKind.Other)
            {
                return (ProcessFate.Gone,
                    $"process {pid} has exited: a later process has its number now; it started at {started:HH:mm:ss}Z, and "
                        + $"active-run.json is from {at:HH:mm:ss}Z");
            }
        }
        else if (isOtherGroup)
        {
            return (ProcessFate.NotOurs,
                $"active-run.json says process {pid} of group {run.ProcessGroup} runs a loop, but process {pid} here is in group "
                    + $"{process.Group}");
        }
        else if (process.Command == CommandKind.Other)
        {
            return (ProcessFate.NotOurs,
                $"active-run.json says process {pid} runs a loop, but process {pid} here ({process.Shown}) is not the runtime");
        }

        return process.Command == CommandKind.Unread
            ? (
                ProcessFate.Unreadable,
                $"process {pid} exists, but its command line cannot be read, so nothing shows whether it is the run")
            : (ProcessFate.Alive, $"process {pid} is running");
    }
}
