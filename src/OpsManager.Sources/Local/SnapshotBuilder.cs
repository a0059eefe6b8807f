using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>Makes the snapshot envelope of a loop that was read (docs/contract.md, "Envelopes").</summary>
public static class SnapshotBuilder
{
    /// <param name="runId">The run that the caller means; null for the one the artifacts name.</param>
    public static SnapshotEnvelope Build(LoopReading reading, string? traceId, string? runId = null)
    {
        EventEnvelopes.CheckNewest(reading);
        var (repo, loop) = (reading.Repo, reading.Loop);
        var projected = loop.Projected;
        var cursor = new CursorRef { EventLineOffset = reading.Lines, EventLineCount = reading.Lines };
        var summary = loop.Summary.Value;
        return new SnapshotEnvelope
        {
            SchemaVersion = ContractVersion.V1,
            EnvelopeType = ContractVersion.SnapshotEnvelope,
            EmittedAt = reading.At,
            TraceId = traceId,
            Source = new SourceRef { RepoPath = repo.Path, LoopId = loop.Id },
            Run = new SnapshotRun { RunId = runId ?? projected.RunId, Iteration = projected.Iteration, Status = projected.Status, Summary = summary?.Last?.Raw },
            Runtime = new SnapshotRuntime
            {
                SuperloopState = repo.State.Value?.Raw,
                ActiveRun = repo.ActiveRun.Value?.Raw,
                Approval = loop.Approval.Value?.Raw,
                Heartbeat = loop.Heartbeat.Value?.Raw,
            },
            Artifacts = new SnapshotArtifacts
            {
                Events = Artifact(reading, ArtifactPaths.Events(loop.Id)),
                RunSummary = Artifact(reading, ArtifactPaths.Summary(loop.Id)),
                State = Artifact(reading, ArtifactPaths.State),
                ActiveRun = Artifact(reading, ArtifactPaths.ActiveRun),
                Approval = Artifact(reading, ArtifactPaths.Approval(loop.Id)),
                Heartbeat = Artifact(reading, ArtifactPaths.Heartbeat(loop.Id)),
            },
            Sequence = SequenceRef.At(reading.Lines),
            Cursor = cursor,
            Health = new SnapshotHealth
            {
                EventCount = reading.Lines,
                LastEventAt = projected.LastEventAt is { } at ? UtcSecondsConverter.Text(at) : null,
                LastEventName = projected.LastEventName,
                LastSummaryAt = summary?.UpdatedAt is { } updated ? UtcSecondsConverter.Text(updated) : null,
                HasPendingApproval = projected.HasPendingApproval,
                Gates = projected.Gates,
                Stuck = projected.Stuck,
            },
        };
    }

    private static ArtifactRef Artifact(LoopReading reading, string path)
    {
        var digest = FileDigest.Of(reading.Files, path);
        return new ArtifactRef
        {
            Path = path,
            Exists = digest is not null,
            SizeBytes = digest?.Size ?? 0,
            LineCount = digest?.Lines ?? 0,
            Sha256 = digest?.Sha256,
            MtimeEpoch = digest?.ModifiedAt.ToUnixTimeSeconds(),
        };
    }
}
