using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Replay;

/// <summary>The processes of a tape as the recorder saw them.</summary>
public sealed class TapeProcesses : IProcessTable
{
    private readonly Dictionary<int, bool> alive = [];

    /// <summary>The recorder could see processes if it ever saw one.</summary>
    public bool IsObservable => alive.Count > 0;

    public void Apply(TapeStep step)
    {
        if (step is TapeProcess process)
        {
            alive[process.Pid] = process.Alive;
        }
    }

    public ProcessSighting Look(ActiveRun run) => alive.TryGetValue(run.Pid, out var lives)
        ? new(run.Pid, lives ? ProcessFate.Alive : ProcessFate.Gone, $"process {run.Pid} {(lives ? "lives" : "is gone")}")
        : NotObserved(run.Pid);

    public ProcessSighting Look(CapturedProcess process) => NotObserved(process.Pid);

    private static ProcessSighting NotObserved(int pid) => new(pid, ProcessFate.NotObservable, $"process {pid} was not observed by the recorder");
}
