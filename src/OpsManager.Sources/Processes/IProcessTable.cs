using OpsManager.Contract.Artifacts;
using OpsManager.Core.Observations;

namespace OpsManager.Sources.Processes;

/// <summary>Where processes can be looked for.</summary>
public interface IProcessTable
{
    /// <summary>Whether processes can be seen here at all.</summary>
    bool IsObservable { get; }

    /// <summary>Looks for the process that <paramref name="run"/> names; another process with its number since is "gone".</summary>
    ProcessSighting Look(ActiveRun run);

    /// <summary>Looks for one process that was seen before; another process with its number since is "gone".</summary>
    ProcessSighting Look(CapturedProcess process);
}

/// <summary>A host whose processes cannot be seen from here.</summary>
public sealed class NoProcessTable : IProcessTable
{
    public bool IsObservable => false;

    public ProcessSighting Look(ActiveRun run) => NotObservable(run.Pid);

    public ProcessSighting Look(CapturedProcess process) => NotObservable(process.Pid);

    private static ProcessSighting NotObservable(int pid) => new(pid, ProcessFate.NotObservable, $"process {pid} cannot be observed from here");
}
