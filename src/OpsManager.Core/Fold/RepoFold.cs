using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;

namespace OpsManager.Core.Fold;

/// <summary>What one observation changes in what is known of a repository. Pure, and nothing is judged here.</summary>
internal static class RepoFold
{
    private const int MaxDeparted = 256;

    /// <summary>The repository with the observation in it.</summary>
    public static RepoModel Apply(RepoModel repo, RepoObservation seen)
    {
        repo = seen.At > repo.Now ? repo with { Now = seen.At } : repo;
        return seen switch
        {
            RepoOpened opened => new RepoModel(repo.Path)
            {
                Now = seen.At,
                Replay = opened.Replay,
                KnownFrom = opened.KnownFrom,
                SnapshotOnly = repo.SnapshotOnly,
                Sprite = repo.Sprite,
                Command = repo.Command,
                Clock = opened.Replay is null ? repo.Clock : ClockShifts.None,
            },
            StateSeen state => repo with { State = repo.State.With(state.Reading, seen.At) },
            ActiveRunSeen run => Claimed(repo with { ActiveRun = repo.ActiveRun.With(run.Reading, seen.At) }, run.Reading.Value),
            ProcessesObservable => repo with { ProcessesObservable = true },
            ProcessSeen process => Sighted(repo, process),
            CapturedSeen captured => repo with { Captured = repo.Captured.SetItem(captured.Process, captured.Sighting) },
            Ticked => repo with { LookedAt = seen.At },
            CommandSeen command => repo.Command == command.Search ? repo : repo with { Command = command.Search },
            SpriteSeen sprite => repo with { Sprite = sprite.State },
            SourceFailed failed => repo with { Failure = repo.Failure ?? (seen.At, failed.Fault), IsMissing = failed.IsMissing },
            SourceRecovered => repo with { Failure = null, IsMissing = false },
            LoopObservation loop => OfLoop(repo, loop),
            _ => repo,
        };
    }

    /// <summary>A run may claim a loop whose directory is not there yet: it is shown from then on.</summary>
    private static RepoModel Claimed(RepoModel repo, ActiveRun? run) => run?.LoopId is not { } id
        ? repo
        : Update(repo, id, loop => loop with { Claim = Claim.From(run, loop.Claim) });

    private static RepoModel Sighted(RepoModel repo, ProcessSeen process)
    {
        foreach (var loop in repo.Loops.Values.Where(loop => loop.Claim?.Pid == process.Sighting.Pid))
        {
            repo = Update(repo, loop.Id, known => known with { Claim = known.Claim!.With(process.Sighting, process.At) });
        }

        return repo;
    }

    private static RepoModel OfLoop(RepoModel repo, LoopObservation seen) => seen is LoopVanished { IsHeld: false }
        ? Departed(repo, seen.Loop)
        : Update(repo, seen.Loop, loop => LoopFold.Apply(loop, seen));

    private static RepoModel Departed(RepoModel repo, string id)
    {
        if (!repo.Loops.TryGetValue(id, out var loop))
        {
            return repo;
        }

        var departed = repo.Departed.Count < MaxDeparted ? repo.Departed : repo.Departed.Clear();
        return repo with { Loops = repo.Loops.Remove(id), Departed = departed.SetItem(id, (loop.Claim, loop.KeptOffset, loop.ArmedAt)) };
    }

    private static LoopModel Arrived(RepoModel repo, string id) => repo.Departed.TryGetValue(id, out var known)
        ? new LoopModel(repo.Path, id) { Claim = known.Claim, CountedOffset = known.KeptOffset, ArmedAt = known.ArmedAt }
        : new LoopModel(repo.Path, id);

    private static RepoModel Update(RepoModel repo, string id, Func<LoopModel, LoopModel> change)
    {
        var loop = repo.Loops.TryGetValue(id, out var known) ? known : Arrived(repo, id);
        return repo with { Loops = repo.Loops.SetItem(id, change(loop)) };
    }
}
