using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>The processes of a history: at most one runs the loop.</summary>
internal sealed class HistoryProcesses : IProcessTable
{
    private const int FirstPid = 4711;

    private int started;

    public bool IsObservable => true;

    /// <summary>The one that runs now; null where none does.</summary>
    public int? Running { get; private set; }

    public int Start()
    {
        Running = FirstPid + started++;
        return Running.Value;
    }

    public void End() => Running = null;

    public ProcessSighting Inspect(ActiveRun run) => Sight(run.Pid);

    public ProcessSighting Inspect(CapturedProcess process) => Sight(process.Pid);

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh) => Running is { } pid
        ? new(ProcessFate.Alive, $"process {pid} runs this loop") { Pid = pid, Started = StartOf(pid) }
        : new(ProcessFate.Gone, "no process on this host runs this loop");

    private ProcessSighting Sight(int pid) => pid == Running
        ? new(pid, ProcessFate.Alive, $"process {pid} is running", StartOf(pid))
        : new(pid, ProcessFate.Gone, $"process {pid} has exited", StartOf(pid));

    private static ulong StartOf(int pid) => (ulong)pid * 100;
}
