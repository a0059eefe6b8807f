using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;
using OpsManager.Core.Rollout;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Check;

/// <summary>One loop read anew, from the first byte of each artifact, to be compared with what was folded step by step.</summary>
public sealed class ScratchReading
{
    private readonly string repo;
    private readonly string loop;
    private readonly IReadOnlyList<Observation> seen;

    private ScratchReading(string repo, string loop, IReadOnlyList<Observation> seen) => (this.repo, this.loop, this.seen) = (repo, loop, seen);

    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static ScratchReading Take(string repo, string loop, IRepoFiles files, DateTimeOffset now)
    {
        var follower = new RepoFollower(repo, files, new NoProcessTable(), FollowOptions.Default with { TailFirstBytes = long.MaxValue, FollowRows = false }, loop);
        var seen = new List<Observation>();
        do
        {
            // The cursor is memory, and the same for both.
            seen.AddRange(follower.Look(now, always: true).Where(static one => one is not KeptCursorSeen));
        }
        while (follower.HasMore);
        return new ScratchReading(repo, loop, seen);
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
        return Fold(fleet.Repos[repo], folded, reading) is { } anew ? Differences.Between(folded, anew) : "the loop is not there when it is read anew";
    }

    /// <summary>Whether a file was caught while it was being written: then nothing can be compared.</summary>
    public bool IsTorn => seen.Any(static one => one switch
    {
        StateSeen state => state.Reading.Condition == ArtifactCondition.Torn,
        ActiveRunSeen run => run.Reading.Condition == ArtifactCondition.Torn,
        ApprovalSeen approval => approval.Reading.Condition == ArtifactCondition.Torn,
        SummarySeen summary => summary.Reading.Condition == ArtifactCondition.Torn,
        HeartbeatSeen heartbeat => heartbeat.Reading.Condition == ArtifactCondition.Torn,
        _ => false,
    });

    private LoopModel? Fold(RepoModel known, LoopModel folded, Reducer reducer)
    {
        var memory = new LoopModel(repo, loop) { Claim = folded.Claim, Verdict = folded.Verdict, CountedOffset = folded.KeptOffset };
        var start = new RepoModel(repo) { Now = known.Now, ProcessesObservable = known.ProcessesObservable, Failure = known.Failure };
        start = start with { Loops = start.Loops.Add(loop, memory) };
        var shown = seen.Select(one => one is EventsSeen events && events.Count > folded.Tally.Lines ? events with { Count = folded.Tally.Lines } : one).ToArray();
        return reducer.Reduce(FleetModel.Empty with { Repos = FleetModel.Empty.Repos.Add(repo, start) }, shown).Loop(repo, loop) is { Exists: true } anew ? anew : null;
    }
}
