using System.Collections.Immutable;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Rollout;
using OpsManager.Core.Rules.Timeline;

namespace OpsManager.Core.Fold;

/// <summary>
/// The one fold: a model and what was seen in, the next model out. Pure. Observations come in batches, one a look at the source,
/// and are judged once a batch: in the middle of a look the files of one moment are only half known.
/// </summary>
public sealed class Reducer(FoldOptions options)
{
    public FleetModel Reduce(FleetModel fleet, IReadOnlyList<Observation> batch)
    {
        if (batch.OfType<StreamSwitched>().LastOrDefault() is { } switched && switched.SnapshotOnly != fleet.SnapshotOnly)
        {
            fleet = Switched(fleet, switched.SnapshotOnly);
        }

        if (batch.OfType<ClockShifted>().LastOrDefault() is { } shifted)
        {
            fleet = Shifted(fleet, shifted);
        }

        var repos = fleet.Repos;
        foreach (var group in batch.OfType<RepoObservation>().Where(seen => IsOfSomething(fleet, seen)).GroupBy(static seen => seen.Repo))
        {
            var repo = repos.TryGetValue(group.Key, out var known)
                ? known
                : new RepoModel(group.Key) { SnapshotOnly = fleet.SnapshotOnly, Clock = fleet.Clock };
            foreach (var seen in group)
            {
                repo = RepoFold.Apply(repo, seen);
            }

            repos = group.Last() is RepoClosed ? repos.Remove(group.Key) : repos.SetItem(group.Key, Judge(repo));
        }

        return fleet with { Repos = repos };
    }

    /// <summary>A check goes on beside the sources: what it finds may be of a loop that is no longer watched.</summary>
    private static bool IsOfSomething(FleetModel fleet, RepoObservation seen) => seen switch
    {
        ParityChecked check => fleet.Loop(check.Repo, check.Loop) is not null,
        CommandSeen command => fleet.Repos.ContainsKey(command.Repo),
        _ => true,
    };

    private FleetModel Switched(FleetModel fleet, bool snapshotOnly)
    {
        var repos = fleet.Repos;
        foreach (var (path, repo) in fleet.Repos)
        {
            repos = repos.SetItem(path, Judge(repo with { SnapshotOnly = snapshotOnly }));
        }

        return fleet with { Repos = repos, SnapshotOnly = snapshotOnly };
    }

    private FleetModel Shifted(FleetModel fleet, ClockShifted shifted)
    {
        var repos = fleet.Repos;
        foreach (var (path, repo) in fleet.Repos.Where(static known => known.Value.Replay is null))
        {
            var now = shifted.At > repo.Now ? shifted.At : repo.Now;
            repos = repos.SetItem(path, Judge(repo with { Clock = shifted.Shifts, Now = now }));
        }

        return fleet with { Repos = repos, Clock = shifted.Shifts };
    }

    /// <summary>A loop as it would be if its stream were folded, whatever switched it off.</summary>
    public LoopModel Streaming(RepoModel repo, LoopModel loop) =>
        loop.Withheld is null ? loop : Judge(repo with { SnapshotOnly = false }, loop with
        {
            Rollout = Artifact<RolloutRecord>.Unseen,
            CountedOffset = loop.KeptOffset,
            KeptCursorBreak = loop.LogReplaced,
            KeptCursor = null,
        });

    /// <summary>Gathered once a look: each loop is judged by all of them.</summary>
    private static RepoModel WithCancels(RepoModel repo)
    {
        ImmutableArray<SentCancel>.Builder? sent = null;
        foreach (var (id, loop) in repo.Loops)
        {
            foreach (var known in loop.Cases.Cancels)
            {
                (sent ??= ImmutableArray.CreateBuilder<SentCancel>()).Add(new(id, known));
            }
        }

        return sent is not null ? repo with { Cancels = sent.ToImmutable() } : repo.Cancels.IsEmpty ? repo : repo with { Cancels = [] };
    }

    private RepoModel Judge(RepoModel known)
    {
        var repo = WithCancels(known);
        var loops = repo.Loops;
        foreach (var (id, loop) in repo.Loops)
        {
            var judged = Judge(repo, loop);
            if (!ReferenceEquals(judged, loop))
            {
                loops = loops.SetItem(id, judged);
            }
        }

        return ReferenceEquals(loops, repo.Loops) ? repo : repo with { Loops = loops };
    }

    private LoopModel Judge(RepoModel repo, LoopModel loop)
    {
        var streamed = LoopFold.Streamed(repo, loop);
        var projected = options.Project(repo, streamed);
        var facing = projected == streamed.Projected ? streamed : streamed with { Projected = projected };
        facing = Overruled(repo, Shown(facing));
        facing = Audited(repo, facing);
        var earlier = new EarlierResults(facing.Projected, facing.Cases, repo.Cancels, facing.Trigger, facing.Verdict);
        var verdict = Assessor.Judge(repo, facing, earlier, repo.Ages, options.Limits, options.Thresholds);
        var facts = new HealthFacts
        {
            Divergence = projected.Flags.Any,
            OrderingDrift = projected.Flags.CursorRegression,
            NewestIntentStatus = facing.Cases.HasUnrecorded ? "ambiguous" : loop.Intents.Newest?.StatusWord,
            Lags = Lags.From(facing, facing.Projected.Status, repo.Ages with { Now = repo.HeardUntil }),
            FailureStreak = repo.Sprite?.FailureStreak ?? 0,
            FailureCode = repo.Sprite?.FailureCode,
        };
        var health = HealthRule.Judge(facts, options.Thresholds);
        var isReviewed = facing.Cases is { HasUnrecorded: false, Unreviewed.IsEmpty: true, All.IsEmpty: false };
        var shown = HealthRule.Judge(ShownHealth.Facts(facts, verdict, isReviewed), options.Thresholds);
        var judged = verdict.SaysTheSameAs(loop.Verdict) && health.SaysTheSameAs(loop.Health) && shown.SaysTheSameAs(loop.ShownHealth)
            ? facing
            : facing with { Verdict = verdict, Health = health, ShownHealth = shown };
        var observed = ObservedRule.Next(judged.Observed, repo, judged, judged.Verdict, judged.Cases, judged.Trigger);
        return ReferenceEquals(observed, judged.Observed) ? judged : judged with { Observed = observed };
    }

    private static LoopModel Shown(LoopModel loop) =>
        loop.Withheld is { } stream && SnapshotTally.From(loop, loop.Projected, stream) is var tally && !ReferenceEquals(tally, loop.Tally)
            ? loop with { Tally = tally }
            : loop;

    private static LoopModel Overruled(RepoModel repo, LoopModel loop) =>
        loop.Cases.Judged(repo, loop) is var cases && !ReferenceEquals(cases, loop.Cases) ? loop with { Cases = cases } : loop;

    private LoopModel Audited(RepoModel repo, LoopModel loop)
    {
        var audit = loop.Audit.From(repo, loop, loop.Cases);
        var audited = ReferenceEquals(audit, loop.Audit) ? loop : loop with { Audit = audit };
        var trigger = RollbackRule.Find(repo, audited, audited.Cases, audit, options.Rollback);
        return trigger is null && audited.Trigger is null || trigger?.SaysTheSameAs(audited.Trigger) == true
            ? audited
            : audited with { Trigger = trigger };
    }
}
