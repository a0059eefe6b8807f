using OpsManager.Contract;

namespace OpsManager.Core.Facts.Observations;

/// <summary>
/// What the host says of a process that active-run.json named (docs/contract.md, "What the runtime really does", point 13).
/// </summary>
public enum ProcessFate
{
    /// <summary>Unknown on this host: no process table, or the run is on another host.</summary>
    NotObservable,

    /// <summary>It lives, and is the one that was named.</summary>
    Alive,

    /// <summary>No such process, a zombie, or another process that was given the same number since.</summary>
    Gone,

    /// <summary>
    /// The host has a process table and does not let us see: no permission, hidden, too many open files. Neither alive nor gone.
    /// </summary>
    Unreadable,

    /// <summary>The claim is not of this repository and this host's processes: it says nothing of the run here.</summary>
    NotOurs,
}

/// <summary>A process that an intent was meant for: number and start are unique since the host was started.</summary>
public readonly record struct CapturedProcess(int Pid, ulong Started);

/// <summary>One look at one process. <paramref name="Fact"/> says in words what was seen.</summary>
/// <param name="Started">When it started, in the kernel's ticks since boot: with the number it identifies a process.
/// Null where it is gone or the host does not say.</param>
/// <param name="State">Whether it is at work or held still; of a process that is not alive it says nothing.</param>
public sealed record ProcessSighting(int Pid, ProcessFate Fate, string Fact, ulong? Started = null,
    ProcessState State = ProcessState.Running)
{
    /// <summary>
    /// Of a claim that is not ours: it was written where other processes are seen, so that this host's process table tells nothing
    /// of the run.
    /// </summary>
    public bool IsElsewhere { get; init; }
}
