using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Processes;

/// <summary>Where processes can be looked for.</summary>
public interface IProcessTable
{
    /// <summary>Whether processes can be seen here at all.</summary>
    bool IsObservable { get; }

    /// <summary>Looks for the process that <paramref name="run"/> names; another process with its number since is "gone".</summary>
    ProcessSighting Inspect(ActiveRun run);

    /// <summary>Looks for one process that was seen before; another process with its number since is "gone".</summary>
    ProcessSighting Inspect(CapturedProcess process);

    /// <summary>
    /// Searches for the process that runs <paramref name="loop"/>, where nothing claims the run. Cheap, and not a whole search each
    /// time.
    /// </summary>
    /// <param name="isFresh">Something of the loop has changed since the last search, so that its result may no longer hold.</param>
    RunSearch Search(string loop, DateTimeOffset now, bool isFresh);

    /// <summary>
    /// The loops of this repository that processes run by their command line, in ordinal order; a whole search each time.
    /// </summary>
    IReadOnlyList<string> RunningLoops() => [];

    /// <summary>
    /// These are the processes of a recording: a whole search reads nothing, and finds a run at the moment at which the recorder did
    /// only if it is made at each look.
    /// </summary>
    bool IsRecorded => false;
}

/// <summary>A host whose processes cannot be seen from here.</summary>
internal sealed class NoProcessTable : IProcessTable
{
    public bool IsObservable => false;

    public ProcessSighting Inspect(ActiveRun run) => NotObservable(run.Pid);

    public ProcessSighting Inspect(CapturedProcess process) => NotObservable(process.Pid);

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh) =>
        RunSearch.NotObservable("processes cannot be observed from here");

    private static ProcessSighting NotObservable(int pid) =>
        new(pid, ProcessFate.NotObservable, $"process {pid} cannot be observed from here");
}
