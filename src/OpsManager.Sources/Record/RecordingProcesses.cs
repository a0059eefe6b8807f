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
        Note(loop, search);
        return search;
    }

    public bool IsRecorded => inner.IsRecorded;

    public IReadOnlyList<string> RunningLoops()
    {
        var running = inner.RunningLoops();

        // A run that was found before, and that a search of all processes finds no more: a replay would find it for ever.
        foreach (var gone in searched.Where(told => told.Value.Fate == ProcessFate.Alive && !running.Contains(told.Key)).ToArray())
        {
            Note(gone.Key, new RunSearch(ProcessFate.Gone, "no process on this host runs this loop"));
        }

        return running;
    }

    private void Note(string loop, RunSearch said)
    {
        if (IsNew(searched, loop, said))
        {
            add(RecordedSightings.Step(loop, said));
        }
    }

    private static bool IsNew<TKey, TValue>(Dictionary<TKey, TValue> told, TKey key, TValue said)
        where TKey : notnull
        where TValue : class
    {
        var isNew = !told.TryGetValue(key, out var before) || !before.Equals(said);
        told[key] = said;
        return isNew;
    }
}
