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
}

/// <summary>A host whose processes cannot be seen from here.</summary>
public sealed class NoProcessTable : IProcessTable
{
    public bool IsObservable => false;

    public ProcessSighting Look(ActiveRun run) => new(run.Pid, ProcessFate.NotObservable, $"process {run.Pid} cannot be observed from here");
}
