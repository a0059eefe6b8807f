using System.Security.Cryptography;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Core.Observations;

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

    /// <summary>Size, newlines, hash and time of a file, read once in pieces.</summary>
    private static ArtifactRef Artifact(LoopReading reading, string path)
    {
        var probe = reading.Files.Probe(path);
        if (probe.Condition != ArtifactCondition.Present)
        {
            return new ArtifactRef { Path = path, Exists = false, SizeBytes = 0, LineCount = 0, Sha256 = null, MtimeEpoch = null };
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long size = 0, lines = 0;
        while (size < probe.Stamp.Size && reading.Files.ReadAt(path, size, buffer.AsSpan(0, (int)Math.Min(buffer.Length, probe.Stamp.Size - size))) is > 0 and var read)
        {
            var part = buffer.AsSpan(0, read);
            hash.AppendData(part);
            lines += part.Count((byte)'\n');
            size += read;
        }

        return new ArtifactRef
        {
            Path = path,
            Exists = true,
            SizeBytes = size,
            LineCount = lines,
            Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
            MtimeEpoch = probe.Stamp.ModifiedAt.ToUnixTimeSeconds(),
        };
    }
}
