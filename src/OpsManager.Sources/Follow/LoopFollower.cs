using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Follow;

/// <summary>Follows the artifacts of one loop.</summary>
internal sealed class LoopFollower
{
    private readonly string repo;
    private readonly string loop;
    private readonly LogFollower log;
    private readonly ArtifactFollower<Approval> approval;
    private readonly ArtifactFollower<RunSummary> summary;
    private readonly ArtifactFollower<Heartbeat> heartbeat;
    private readonly RowFollower<UsageEntry> usage;
    private readonly RowFollower<Decision> decisions;
    private readonly RowFollower<IntentRow> intents;
    private readonly RowFollower<ControlRow> control;
    private readonly ArtifactFollower<RolloutRecord> rollout;
    private readonly FollowOptions options;
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;
    private DateTimeOffset changedAt = DateTimeOffset.MinValue;

    public LoopFollower(IRepoFiles files, string repo, string loop, FollowOptions options)
    {
        this.repo = repo;
        this.loop = loop;
        this.options = options;
        log = new LogFollower(files, repo, loop, ArtifactPaths.Events(loop), options);
        approval = new ArtifactFollower<Approval>(files, ArtifactPaths.Approval(loop), Approval.Parse);
        summary = new ArtifactFollower<RunSummary>(files, ArtifactPaths.Summary(loop), RunSummary.Parse);
        heartbeat = new ArtifactFollower<Heartbeat>(files, ArtifactPaths.Heartbeat(loop), Heartbeat.Parse);
        usage = new RowFollower<UsageEntry>(
            files, ArtifactPaths.Usage(loop), UsageEntry.Parse, LoopModel.MaxUsageRead, options.SliceBytes);
        decisions = new RowFollower<Decision>(
            files, ArtifactPaths.Decisions(loop), Decision.Parse, LoopModel.MaxDecisions, options.SliceBytes);
        control = new RowFollower<ControlRow>(
            files, ArtifactPaths.ControlRows(loop), ControlRow.Parse, LoopModel.MaxControlRows, options.SliceBytes);
        rollout = new ArtifactFollower<RolloutRecord>(files, ArtifactPaths.Rollout(loop), RolloutRecord.Parse);
        intents = new RowFollower<IntentRow>(
            files, ArtifactPaths.Intents(loop), IntentRow.Parse, LoopModel.MaxDecisions, options.SliceBytes);
    }

    public bool HasMore => log.HasMore || usage.HasMore || decisions.HasMore || intents.HasMore || control.HasMore;

    /// <summary>Whether anything changed lately.</summary>
    public bool Moves(DateTimeOffset now) => now - changedAt < options.QuietAfter;

    /// <summary>Whether it is time to look; always while it moves.</summary>
    public bool IsDue(DateTimeOffset now, bool always) => always || HasMore || Moves(now) || now - lookedAt >= options.QuietPoll;

    /// <summary>
    /// Adds what is new. The runtime writes summary, approval, events, state and then ends; reading against that order, the log
    /// first, means that what is read later is never older than what is read before.
    /// </summary>
    /// <param name="isCopied">The loop's own files were copied: those of managers are looked at when they are due.</param>
    public void Look(DateTimeOffset now, bool always, List<Observation> batch, bool isCopied = false)
    {
        if (!IsDue(now, always))
        {
            return;
        }

        var before = batch.Count;
        log.Look(now, batch);
        if (approval.Look(now) is { } approvalReading)
        {
            batch.Add(new ApprovalSeen(now, repo, loop, approvalReading));
        }

        if (summary.Look(now) is { } summaryReading)
        {
            batch.Add(new SummarySeen(now, repo, loop, summaryReading));
        }

        if (heartbeat.Look(now) is { } heartbeatReading)
        {
            batch.Add(new HeartbeatSeen(now, repo, loop, heartbeatReading));
        }

        if (options.FollowRows && usage.Look() is { } usageReading)
        {
            batch.Add(new UsageSeen(now, repo, loop, usageReading));
        }

        if (options.FollowRows && decisions.Look() is { } decisionsReading)
        {
            batch.Add(new DecisionsSeen(now, repo, loop, decisionsReading));
        }

        changedAt = batch.Count > before ? now : changedAt;
        if (isCopied && now - lookedAt < options.QuietPoll && !intents.HasMore && !control.HasMore)
        {
            return;
        }

        lookedAt = now;
        LookAtRecord(now, batch);
    }

    /// <summary>
    /// Adds what is new in the manager's own files alone: the loop's directory is missing, or nothing was copied into it.
    /// </summary>
    public void LookAtRecord(DateTimeOffset now, List<Observation> batch)
    {
        // Our own files: that somebody asked for something does not mean that the loop moves.
        if (options.FollowRows && intents.Look() is { } intentsReading)
        {
            batch.Add(new IntentsSeen(now, repo, loop, intentsReading));
        }

        if (options.FollowRows && rollout.Look(now) is { } rolloutReading)
        {
            batch.Add(new RolloutSeen(now, repo, loop, rolloutReading));
        }

        if ((options.FollowRows || options.FollowControl) && control.Look() is { } controlReading)
        {
            batch.Add(new ControlRowsSeen(now, repo, loop, controlReading));
        }
    }
}
