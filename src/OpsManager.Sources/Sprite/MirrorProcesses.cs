using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Sprite;

/// <summary>The processes of a sprite, as its service reported them last. Safe for several threads.</summary>
internal sealed class MirrorProcesses : IProcessTable
{
    /// <summary>Processes that are remembered.</summary>
    private const int MaxProcesses = 256;

    private readonly Lock gate = new();
    private readonly Dictionary<int, ProcessSighting> known = [];
    private readonly Dictionary<string, RunSearch> searches = new(StringComparer.Ordinal);
    private bool isObservable;

    public bool IsObservable
    {
        get
        {
            lock (gate)
            {
                return isObservable;
            }
        }
    }

    /// <summary>Takes what came beside a snapshot of <paramref name="loop"/>.</summary>
    public void Take(string loop, SnapshotExtras extras)
    {
        lock (gate)
        {
            isObservable |= extras.IsProcessObservable;
            Take(loop, extras.Search);
            if (extras.Process is not { } process)
            {
                return;
            }

            if (known.Count >= MaxProcesses)
            {
                known.Clear();
            }

            // A process that has exited is no longer asked for its start: what was known of it stays.
            var started = process.Started
                ?? (known.TryGetValue(process.Pid, out var before) && process.Fate == ProcessFateWord.Gone ? before.Started : null);
            known[process.Pid] = new ProcessSighting(process.Pid, FateOf(process.Fate), process.Fact, started,
                process.State ?? ProcessState.Running)
            {
                IsElsewhere = process.IsElsewhere == true,
            };
        }
    }

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh)
    {
        lock (gate)
        {
            return searches.TryGetValue(loop, out var search)
                ? search : RunSearch.NotObservable("processes of the sprite cannot be observed from here");
        }
    }

    private void Take(string loop, RunSearchRecord? search)
    {
        if (search is null)
        {
            searches.Remove(loop);
            return;
        }

        if (searches.Count >= MaxProcesses)
        {
            searches.Clear();
        }

        searches[loop] = new RunSearch(FateOf(search.Fate), search.Fact)
        {
            Pid = search.Pid,
            Started = search.Started,
            StartedAt = search.StartedAt,
            State = search.State ?? ProcessState.Running,
        };
    }

    public ProcessSighting Inspect(ActiveRun run)
    {
        lock (gate)
        {
            return known.TryGetValue(run.Pid, out var sighting) ? sighting : Unknown(run.Pid);
        }
    }

    public ProcessSighting Inspect(CapturedProcess process)
    {
        lock (gate)
        {
            return known.TryGetValue(process.Pid, out var sighting) && sighting.Started == process.Started
                ? sighting
                : Unknown(process.Pid);
        }
    }

    private static ProcessSighting Unknown(int pid) =>
        new(pid, ProcessFate.NotObservable, $"process {pid} of the sprite cannot be observed from here");

    private static ProcessFate FateOf(ProcessFateWord word) => word switch
    {
        ProcessFateWord.Alive => ProcessFate.Alive,
        ProcessFateWord.Gone => ProcessFate.Gone,
        ProcessFateWord.Unreadable => ProcessFate.Unreadable,
        ProcessFateWord.NotOurs => ProcessFate.NotOurs,
        _ => ProcessFate.NotObservable,
    };
}
