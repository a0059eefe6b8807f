using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Check;

/// <summary>One loop read again, from the first byte of each artifact, to be compared with what was folded step by step.</summary>
public sealed class ScratchReading
{
    private readonly string repo;
    private readonly string loop;
    private readonly List<Observation> seen = [];
    private EventLog? log;

    /// <summary>The first lines of the log, as many as the model has that is compared: of a large log no second index is kept.</summary>
    private EventTally tally = EventTally.Empty;

    private ScratchReading(string repo, string loop) => (this.repo, this.loop) = (repo, loop);

    /// <param name="known">The loop that is to be compared, as it is folded now.</param>
    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static ScratchReading Take(LoopModel known, IRepoFiles files, DateTimeOffset now)
    {
        var reading = new ScratchReading(known.Repo, known.Id);
        var follower = new RepoFollower(
            known.Repo, files, new NoProcessTable(), FollowOptions.Default with { TailFirstBytes = long.MaxValue, FollowRows = false },
            known.Id);
        do
        {
            foreach (var one in follower.Look(now, always: true))
            {
                reading.Take(one, known.Tally.Lines);
            }
        }
        while (follower.HasMore);
        return reading;
    }

    private void Take(Observation one, int lines)
    {
        // The cursor and the fate of a process are remembered, and the same for both.
        if (one is KeptCursorSeen or ProcessSeen or ProcessesObservable or RunSearched)
        {
            return;
        }

        if (one is EventsSeen events)
        {
            seen.RemoveAll(static before => before is EventsSeen);
            (log, tally) = (events.Log, ReferenceEquals(log, events.Log) ? tally : EventTally.Empty);
            tally = tally.Add(log, tally.Lines, Math.Max(tally.Lines, Math.Min(events.Count, lines)));
            log.Forget(tally.Lines);
        }

        seen.Add(one);
    }

    /// <summary>
    /// What is different between <paramref name="fleet"/> and this reading; null where nothing is. Some of a model is memory, because
    /// the shared files speak of one loop and one process only: this reading is folded with the same. Lines that were appended since
    /// the model are no difference.
    /// </summary>
    /// <param name="folding">The fold that made the model.</param>
    /// <param name="reading">The fold that this reading is folded with.</param>
    public string? DifferenceFrom(FleetModel fleet, Reducer folding, Reducer reading)
    {
        if (fleet.Loop(repo, loop) is not { } known)
        {
            return null;
        }

        var folded = folding.Streaming(fleet.Repos[repo], known);
        return Fold(fleet.Repos[repo], folded, reading) is { } anew
            ? Differences.Between(folded, anew)
            : "the loop is missing when it is read again";
    }

    /// <summary>
    /// Whether an artifact is half-written or cannot be read: then its last good value is memory, and nothing can be compared.
    /// </summary>
    public bool IsIncomplete => seen.Any(static one => one switch
    {
        StateSeen state => IsBad(state.Reading.Condition),
        ActiveRunSeen run => IsBad(run.Reading.Condition),
        ApprovalSeen approval => IsBad(approval.Reading.Condition),
        SummarySeen summary => IsBad(summary.Reading.Condition),
        HeartbeatSeen heartbeat => IsBad(heartbeat.Reading.Condition),
        EventsUnavailable or SourceFailed => true,
        _ => false,
    });

    private static bool IsBad(ArtifactCondition condition) => condition is not (ArtifactCondition.Present or ArtifactCondition.Missing);

    private LoopModel? Fold(RepoModel known, LoopModel folded, Reducer reducer)
    {
        var memory = new LoopModel(repo, loop)
        {
            Claim = folded.Claim,
            Found = folded.Found,
            Verdict = folded.Verdict,
            CountedOffset = folded.KeptOffset,
            KeptCursorBreak = folded.LogReplaced,
            Log = log,
            Tally = tally,
            Cases = folded.Cases,
        };
        var start = new RepoModel(repo) { Now = known.Now, ProcessesObservable = known.ProcessesObservable, Failure = known.Failure };
        // A cancel that was asked for another loop may have hit this one.
        var others = known.Loops.Values.Where(other => other.Id != loop && other.Cases.Cancels.Length > 0)
            .Select(other => KeyValuePair.Create(other.Id, new LoopModel(repo, other.Id) { Cases = other.Cases }));
        start = start with { Loops = start.Loops.AddRange(others).Add(loop, memory) };
        var shown = seen.Select(one =>
            one is EventsSeen events ? events with { Count = Math.Clamp(folded.Tally.Lines, tally.Lines, events.Count) } : one).ToArray();
        return reducer
            .Reduce(FleetModel.Empty with { Repos = FleetModel.Empty.Repos.Add(repo, start) }, shown)
            .Loop(repo, loop) is { Exists: true } anew ? anew : null;
    }
}
