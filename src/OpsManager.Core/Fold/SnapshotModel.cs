using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Envelopes;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Projection;

namespace OpsManager.Core.Fold;

/// <summary>
/// Turns a snapshot, and the event lines that came with it, into observations, so that what was read elsewhere goes through the
/// same fold as files do. The other host's processes cannot be observed from here.
/// </summary>
public static class SnapshotModel
{
    public static (RepoModel Repo, LoopModel Loop) From(
        SnapshotEnvelope snapshot, EventLog events, FoldOptions options, DateTimeOffset now)
    {
        var (repo, loop) = (snapshot.Source.RepoPath, snapshot.Source.LoopId);
        var log = events.Count > 0 ? events : LastEventOf(snapshot);
        Observation[] seen =
        [
            new RepoOpened(now, repo),
            new LoopAppeared(now, repo, loop),
            new ActiveRunSeen(now, repo, Reading(snapshot.Runtime.ActiveRun, ActiveRun.Parse)),
            new StateSeen(now, repo, Reading(snapshot.Runtime.SuperloopState, RuntimeState.Parse)),
            new EventsSeen(now, repo, loop, log, log.Count, default),
            new ApprovalSeen(now, repo, loop, Reading(snapshot.Runtime.Approval, Approval.Parse)),
            new SummarySeen(now, repo, loop, Reading(
                snapshot.Run.Summary, static entry => ArtifactParse<RunSummary>.From(new RunSummary(1, SummaryEntry.Parse(entry), null)))),
            new HeartbeatSeen(now, repo, loop, Reading(snapshot.Runtime.Heartbeat, Heartbeat.Parse)),
        ];
        var fleet = new Reducer(options).Reduce(FleetModel.Empty, seen);
        return (fleet.Repos[repo], fleet.Loop(repo, loop)!);
    }

    /// <summary>Adds the line that an event envelope carries to an index of its own.</summary>
    public static void Add(EventLog log, EventEnvelope envelope)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(envelope.Event.Raw, Contract.Serialization.ContractJson.Default.JsonElement);
        log.Add(EventRowReader.Read(line, log.EndOffset, log.Words), log.EndOffset + line.Length + 1);
    }

    /// <summary>A snapshot alone names its last event: that is the log then, as far as it is known.</summary>
    private static EventLog LastEventOf(SnapshotEnvelope snapshot) => snapshot.Health is { LastEventName: { } name, LastEventAt: { } at }
        ? LastEventLog.Create(name, at, snapshot.Run.RunId, snapshot.Run.Iteration, null)
        : new EventLog(isTail: true);

    private static ArtifactReading<T> Reading<T>(JsonElement? element, Func<JsonElement, ArtifactParse<T>> read)
        where T : class
    {
        if (element is not { ValueKind: not JsonValueKind.Null } value)
        {
            return ArtifactReading<T>.Missing;
        }

        var parsed = read(value);
        return parsed.Value is { } found
            ? new(ArtifactCondition.Present, found, null, null)
            : new(ArtifactCondition.Invalid, null, null, parsed.Fault);
    }
}
