using System.Collections.Immutable;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;
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
    private const int MaxDeparted = 256;

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
            var repo = repos.TryGetValue(group.Key, out var known) ? known : new RepoModel(group.Key) { SnapshotOnly = fleet.SnapshotOnly, Clock = fleet.Clock };
            foreach (var seen in group)
            {
                repo = Apply(repo, seen);
            }

            repos = group.Last() is RepoClosed ? repos.Remove(group.Key) : repos.SetItem(group.Key, Judge(repo));
        }

        return fleet with { Repos = repos };
    }

    /// <summary>A check goes on beside the sources: what it finds may be of a loop that is not watched any more.</summary>
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

    private static RepoModel Apply(RepoModel repo, RepoObservation seen)
    {
        repo = seen.At > repo.Now ? repo with { Now = seen.At } : repo;
        return seen switch
        {
            RepoOpened opened => new RepoModel(repo.Path)
            {
                Now = seen.At,
                Replay = opened.Replay,
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
        : Update(repo, id, loop => loop with { Claim = Claim.Of(run, loop.Claim) });

    private static RepoModel Sighted(RepoModel repo, ProcessSeen process)
    {
        foreach (var loop in repo.Loops.Values.Where(loop => loop.Claim?.Pid == process.Sighting.Pid))
        {
            repo = Update(repo, loop.Id, known => known with { Claim = known.Claim!.With(process.Sighting, process.At) });
        }

        return repo;
    }

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

    /// <summary>The directory is there again: its files are read anew, and what is known of the run itself stays.</summary>
    private static LoopModel Appeared(LoopModel loop) => loop.VanishedAt is null
        ? loop with { Exists = true }
        : new LoopModel(loop.Repo, loop.Id)
        {
            Exists = true,
            Claim = loop.Claim,
            Found = loop.Found,
            CountedOffset = loop.KeptOffset,
            ArmedAt = loop.ArmedAt,
        };

    private static RepoModel OfLoop(RepoModel repo, LoopObservation seen) => seen is LoopVanished { IsHeld: false }
        ? Departed(repo, seen.Loop)
        : Update(repo, seen.Loop, loop => seen switch
        {
            LoopAppeared => Appeared(loop),
            LoopVanished => loop with { Exists = false, VanishedAt = loop.VanishedAt ?? seen.At },
            RunSearched searched => loop with { Found = FoundRun.From(searched.Search, loop.Found, seen.At) },
            ApprovalSeen approval => loop with { Approval = loop.Approval.With(approval.Reading, seen.At) },
            SummarySeen summary => loop with { Summary = loop.Summary.With(summary.Reading, seen.At) },
            HeartbeatSeen heartbeat => loop with { Heartbeat = loop.Heartbeat.With(heartbeat.Reading, seen.At) },
            UsageSeen usage => loop with { Usage = loop.Usage.With(usage.Reading) },
            DecisionsSeen decisions => loop with { Decisions = loop.Decisions.With(decisions.Reading) },
            IntentsSeen intents => loop with { Intents = loop.Intents.With(intents.Reading) },
            ControlRowsSeen rows => loop with { ControlRows = loop.ControlRows.With(rows.Reading), Cases = loop.Cases.With(rows.Reading) },
            RolloutSeen rollout => Armed(loop, loop with { Rollout = loop.Rollout.With(rollout.Reading, seen.At) }),
            ParityChecked { Origin: ParityOrigin.Scratch } check => loop with { ScratchParity = loop.ScratchParity.With(check.Difference, seen.At) },
            ParityChecked check => loop with { ServiceParity = loop.ServiceParity.With(check.Difference, seen.At) },
            EventsSeen events => Ingested(loop, events),
            EventsUnavailable events => loop with { EventsCondition = events.Condition, EventsFault = events.Fault },
            LogBroke broke => loop with { Breaks = Bounded(loop.Breaks.Add(new LogBreak(seen.At, broke.Kind, broke.Fact))) },
            KeptCursorSeen kept => loop with
            {
                KeptCursorFault = kept.Fault,
                KeptCursor = kept.Cursor ?? loop.KeptCursor,
                KeptCursorBreak = BreakOf(kept) ?? loop.KeptCursorBreak,
            },
            _ => loop,
        });

    private static string? BreakOf(KeptCursorSeen kept) => kept is { IsOfOtherLog: true, Cursor: { } cursor }
        ? string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"other text stands where {cursor.EventLineOffset} lines were read before")
        : null;

    /// <summary>An operator has armed the loop again: from here on is counted anew, and what was wrong before is theirs.</summary>
    private static LoopModel Armed(LoopModel before, LoopModel now)
    {
        if (now.Rollout.Value?.Rearm is not { } rearm || rearm.At == before.ArmedAt)
        {
            return now;
        }

        var lines = now.IsCounted ? now.Tally.Lines : 0;
        return now with { ArmedAt = rearm.At, CountedOffset = Math.Max(lines, rearm.EventLineOffset), Breaks = [], ScratchParity = Parity.Unchecked, ServiceParity = Parity.Unchecked };
    }

    private static LoopModel Ingested(LoopModel loop, EventsSeen seen)
    {
        var counted = loop with
        {
            EventsStamp = seen.Stamp,
            NewestReadAt = seen.Count == (loop.Withheld?.Count ?? loop.Tally.Lines) ? loop.NewestReadAt : seen.At,
            EventsCondition = ArtifactCondition.Present,
            EventsFault = null,
            IsReading = seen.HasMore,
            CountedOffset = seen.Log.IsTail ? loop.CountedOffset : Math.Max(loop.CountedOffset, seen.Count),
        };
        return loop.Withheld is { } withheld ? counted with { Withheld = WithheldStream.Of(seen.Log, seen.Count, withheld) } : Folded(counted, seen.Log, seen.Count);
    }

    private static LoopModel Folded(LoopModel loop, EventLog log, int count)
    {
        // Another index means another log, or the full one after its tail: it is folded from its start.
        var from = ReferenceEquals(loop.Log, log) ? loop.Tally.Lines : 0;
        return loop with
        {
            Log = log,
            Tally = (from == 0 ? EventTally.Empty : loop.Tally).Add(log, from, count),
            Density = (from == 0 ? EventDensity.Empty : loop.Density).Add(log, from, count),
        };
    }

    /// <summary>Switches the stream off or on, as the operator or the loop's rollout wants it now.</summary>
    private static LoopModel Streamed(RepoModel repo, LoopModel loop) => (repo.SnapshotOnly || loop.Rollback is not null, loop) switch
    {
        (true, { Withheld: null, Log: { } log }) => loop with { Withheld = WithheldStream.Of(log, loop.Tally.Lines, null), Log = null, Tally = EventTally.Empty, Density = EventDensity.Empty },
        (false, { Withheld: { } stream }) => Folded(loop with { Withheld = null, Tally = EventTally.Empty }, stream.Log, stream.Count),
        _ => loop,
    };

    private static ImmutableList<LogBreak> Bounded(ImmutableList<LogBreak> breaks) => breaks.Count > LoopModel.MaxBreaks ? breaks.RemoveAt(0) : breaks;

    private static RepoModel Update(RepoModel repo, string id, Func<LoopModel, LoopModel> change)
    {
        var loop = repo.Loops.TryGetValue(id, out var known) ? known : Arrived(repo, id);
        return repo with { Loops = repo.Loops.SetItem(id, change(loop)) };
    }

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
        var streamed = Streamed(repo, loop);
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
            Lags = Lags.Of(facing, facing.Projected.Status, repo.Ages with { Now = repo.HeardUntil }),
            FailureStreak = repo.Sprite?.FailureStreak ?? 0,
            FailureCode = repo.Sprite?.FailureCode,
        };
        var health = HealthRule.Judge(facts, options.Thresholds);
        var shown = HealthRule.Judge(ShownHealth.Facts(facts, verdict, facing.Cases is { HasUnrecorded: false, Unreviewed.IsEmpty: true, All.IsEmpty: false }), options.Thresholds);
        var judged = verdict.SaysTheSameAs(loop.Verdict) && health.SaysTheSameAs(loop.Health) && shown.SaysTheSameAs(loop.ShownHealth)
            ? facing
            : facing with { Verdict = verdict, Health = health, ShownHealth = shown };
        var observed = ObservedRule.Next(judged.Observed, repo, judged, judged.Verdict, judged.Cases, judged.Trigger);
        return ReferenceEquals(observed, judged.Observed) ? judged : judged with { Observed = observed };
    }

    private static LoopModel Shown(LoopModel loop) =>
        loop.Withheld is { } stream && SnapshotTally.Of(loop, loop.Projected, stream) is var tally && !ReferenceEquals(tally, loop.Tally) ? loop with { Tally = tally } : loop;

    private static LoopModel Overruled(RepoModel repo, LoopModel loop) =>
        loop.Cases.Judged(repo, loop) is var cases && !ReferenceEquals(cases, loop.Cases) ? loop with { Cases = cases } : loop;

    private LoopModel Audited(RepoModel repo, LoopModel loop)
    {
        var audit = loop.Audit.Of(repo, loop, loop.Cases);
        var audited = ReferenceEquals(audit, loop.Audit) ? loop : loop with { Audit = audit };
        var trigger = RollbackRule.Find(repo, audited, audited.Cases, audit, options.Rollback);
        return trigger is null && audited.Trigger is null || trigger?.SaysTheSameAs(audited.Trigger) == true ? audited : audited with { Trigger = trigger };
    }
}
