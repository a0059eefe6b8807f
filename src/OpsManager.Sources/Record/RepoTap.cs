using System.Reactive.Subjects;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Record;

/// <summary>
/// Records what the follower of one repository reads: each look in which anything has changed becomes a <see cref="TapedLook"/>. One
/// thread looks at a time.
/// </summary>
public sealed class RepoTap : ILookTap, IDisposable
{
    private readonly Subject<TapedLook> looks = new();
    private readonly RecordingFiles files;
    private readonly IProcessTable processes;
    private readonly LoopReports? reports;
    private List<TapeStep> steps = [];

    /// <param name="withReports">Logs and reports too, which no follower reads.</param>
    public RepoTap(IRepoFiles files, IProcessTable processes, bool withReports = false)
    {
        this.files = new RecordingFiles(files, Add);
        reports = withReports ? new LoopReports(this.files) : null;
        this.processes = new RecordingProcesses(processes, Add);
    }

    public IRepoFiles Files => files;

    public IProcessTable Processes => processes;

    /// <summary>What each look has changed, on the thread that looks. Ends with the tap.</summary>
    public IObservable<TapedLook> Looks => looks;

    public void EndLook(DateTimeOffset now)
    {
        reports?.Look(now);
        files.EndLook();
        if (steps.Count == 0)
        {
            return;
        }

        var look = new TapedLook(now, steps);
        steps = [];
        looks.OnNext(look);
    }

    public void Dispose()
    {
        looks.OnCompleted();
        looks.Dispose();
    }

    private void Add(TapeStep step) => steps.Add(step);
}
