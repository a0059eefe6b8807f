using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Follows the process of a run that state.json says is active and that nothing claims: the one case in which the process table is
/// searched.
/// </summary>
/// <param name="onlyLoop">The one loop that is followed; null for all.</param>
internal sealed class UnclaimedRun(string repo, IProcessTable processes, string? onlyLoop)
{
    private string? active;
    private (string Loop, RunSearch Said)? searched;

    /// <summary>The loop that state.json says is at work; null where it says that of none.</summary>
    public string? Active => active;

    /// <summary>The newest search found no process: the run may have ended, in order or not.</summary>
    public bool IsAbsent => searched is { Said.Fate: ProcessFate.Gone };

    /// <summary>Takes note of the loop that is active; a torn file keeps what it said last.</summary>
    public void Note(ArtifactReading<RuntimeState> state)
    {
        if (state.Value is { } value)
        {
            active = value.Active ? value.CurrentLoopId : null;
        }
        else if (state.Condition == ArtifactCondition.Missing)
        {
            active = null;
        }
    }

    /// <summary>Whether a process of this run is there, or may be there, by the newest search.</summary>
    public bool Holds(string loop) => active == loop && searched is { } known && known.Loop == loop && known.Said.Fate != ProcessFate.Gone;

    /// <summary>Searches, and says what is new. False where there is nothing to search for.</summary>
    /// <param name="isFresh">Something of the loop has changed.</param>
    public bool Search(DateTimeOffset now, bool isFresh, List<Observation> batch)
    {
        if (active is not { } loop || !ArtifactPaths.IsLoopId(loop) || (onlyLoop is not null && loop != onlyLoop))
        {
            return false;
        }

        var said = processes.Search(loop, now, isFresh);
        if (searched != (loop, said))
        {
            searched = (loop, said);
            batch.Add(new RunSearched(now, repo, loop, said));
        }

        return true;
    }

    /// <summary>Searches again where the run was not found and its log has grown since.</summary>
    public void SearchAfterEvents(DateTimeOffset now, List<Observation> batch)
    {
        if (searched is { Said.Fate: not ProcessFate.Alive } && batch.OfType<EventsSeen>().Any(seen => seen.Loop == active))
        {
            Search(now, isFresh: true, batch);
        }
    }
}
