using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>Makes the snapshot envelope of a loop that was read (docs/contract.md, "Envelopes").</summary>
public static class SnapshotBuilder
{
    /// <param name="runId">The run that the caller means; null for the one the artifacts name.</param>
    /// <param name="log">The log's digest, if the caller keeps one; null to read the log.</param>
    public static SnapshotEnvelope Build(LoopReading reading, string? traceId, string? runId = null, GrowingDigest? log = null) =>
        Build(
            reading, traceId,
            () => log is null ? FileDigest.From(reading.Files, ArtifactPaths.Events(reading.Loop.Id)) : log.Look(), runId);

    /// <param name="log">Finds the log's digest; null where there is no log.</param>
    /// <inheritdoc cref="Build(LoopReading, string?, string?, GrowingDigest?)"/>
    public static SnapshotEnvelope Build(LoopReading reading, string? traceId, Func<FileDigest?> log, string? runId = null)
    {
        EventEnvelopes.CheckNewest(reading);
        var (repo, loop) = (reading.Repo, reading.Loop);
        var projected = loop.Projected;
        var cursor = new CursorRef { EventLineOffset = reading.Lines, EventLineCount = reading.Lines };
        var summary = loop.Summary.Value;
        ArtifactRef Small(string path) => Artifact(path, FileDigest.From(reading.Files, path));
        return new SnapshotEnvelope
        {
            SchemaVersion = ContractVersion.V1,
            EnvelopeType = ContractVersion.SnapshotEnvelope,
            EmittedAt = reading.At,
            TraceId = traceId,
            Source = new SourceRef { RepoPath = repo.Path, LoopId = loop.Id },
            Run = new SnapshotRun
            {
                RunId = runId ?? projected.RunId,
                Iteration = projected.Iteration,
                Status = projected.Status,
                Summary = summary?.Last?.Raw
            },
            Runtime = new SnapshotRuntime
            {
                SuperloopState = repo.State.Value?.Raw,
                ActiveRun = repo.ActiveRun.Value?.Raw,
                Approval = loop.Approval.Value?.Raw,
                Heartbeat = loop.Heartbeat.Value?.Raw,
            },
            Artifacts = new SnapshotArtifacts
            {
                Events = Artifact(ArtifactPaths.Events(loop.Id), log()),
                RunSummary = Small(ArtifactPaths.Summary(loop.Id)),
                State = Small(ArtifactPaths.State),
                ActiveRun = Small(ArtifactPaths.ActiveRun),
                Approval = Small(ArtifactPaths.Approval(loop.Id)),
                Heartbeat = Small(ArtifactPaths.Heartbeat(loop.Id)),
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

    private static ArtifactRef Artifact(string path, FileDigest? digest) => new()
    {
        Path = path,
        Exists = digest is not null,
        SizeBytes = digest?.Size ?? 0,
        LineCount = digest?.Lines ?? 0,
        Sha256 = digest?.Sha256,
        MtimeEpoch = digest?.ModifiedAt.ToUnixTimeSeconds(),
    };
}
