namespace OpsManager.Core.Observations;

/// <summary>What the host says of a process that active-run.json named.</summary>
public enum ProcessFate
{
    /// <summary>This host cannot tell: no process table, or the run is on another host.</summary>
    NotObservable,

    /// <summary>It lives, and is the one that was named.</summary>
    Alive,

    /// <summary>No such process, a zombie, or another process that was given the same number since.</summary>
    Gone,
}

/// <summary>A process that an intent was meant for: the number and the start tell it from any other since the host was started.</summary>
public readonly record struct CapturedProcess(int Pid, ulong Started);

/// <summary>One look at one process. <paramref name="Fact"/> says in words what was seen.</summary>
/// <param name="Started">When it started, in the kernel's ticks since boot: with the number it tells one process from another. Null where it is gone or the host does not say.</param>
public sealed record ProcessSighting(int Pid, ProcessFate Fate, string Fact, ulong? Started = null);
