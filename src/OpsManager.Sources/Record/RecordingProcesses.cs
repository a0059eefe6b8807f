using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;
using OpsManager.Sources.Replay;

namespace OpsManager.Sources.Record;

/// <summary>Processes as a follower asks for them, and each answer that differs from the one before as a step of a tape.</summary>
/// <param name="add">Gets each step as it is seen.</param>
internal sealed class RecordingProcesses(IProcessTable inner, Action<TapeStep> add) : IProcessTable
{
    private readonly Dictionary<int, ProcessSighting> claimed = [];
    private readonly Dictionary<CapturedProcess, ProcessSighting> captured = [];
    private readonly Dictionary<string, RunSearch> searched = new(StringComparer.Ordinal);

    public bool IsObservable => inner.IsObservable;

    public ProcessSighting Inspect(ActiveRun run)
    {
        var sighting = inner.Inspect(run);
        if (IsNew(claimed, run.Pid, sighting))
        {
            add(RecordedSightings.Step(sighting, TapeInquiry.Claim));
        }

        return sighting;
    }

    public ProcessSighting Inspect(CapturedProcess process)
    {
        var sighting = inner.Inspect(process);
        if (IsNew(captured, process, sighting))
        {
            add(RecordedSightings.Step(sighting, TapeInquiry.Cancel, process.Started));
        }

        return sighting;
    }

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh)
    {
        var search = inner.Search(loop, now, isFresh);
        if (IsNew(searched, loop, search))
        {
            add(RecordedSightings.Step(loop, search));
        }

        return search;
    }

    public IReadOnlyList<string> RunningLoops() => inner.RunningLoops();

    private static bool IsNew<TKey, TValue>(Dictionary<TKey, TValue> told, TKey key, TValue said)
        where TKey : notnull
        where TValue : class
    {
        var isNew = !told.TryGetValue(key, out var before) || !before.Equals(said);
        told[key] = said;
        return isNew;
    }
}
