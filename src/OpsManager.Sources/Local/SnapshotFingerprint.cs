using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>All that a snapshot shows, in little: where two are the same, so are the snapshots.</summary>
/// <param name="changes">Looks that found something.</param>
/// <param name="probes">Of every file that a snapshot tells the size and the time of.</param>
/// <param name="assessment">The time alone may change it: a heartbeat grows stale.</param>
public sealed class SnapshotFingerprint(long changes, FileProbe[] probes, byte[] assessment)
{
    private readonly long changes = changes;
    private readonly FileProbe[] probes = probes;
    private readonly byte[] assessment = assessment;

    public static SnapshotFingerprint From(LoopReading reading, long changes)
    {
        var (files, loop) = (reading.Files, reading.Loop.Id);
        return new(
            changes,
            [
                files.Probe(ArtifactPaths.Events(loop)), files.Probe(ArtifactPaths.Summary(loop)), files.Probe(ArtifactPaths.State),
                files.Probe(ArtifactPaths.ActiveRun),
                files.Probe(ArtifactPaths.Approval(loop)), files.Probe(ArtifactPaths.Heartbeat(loop)),
                .. ServiceFiles.Names.Select(name => files.Probe(LoopExtras.PathOf(loop, name))),
            ],
            JsonSerializer.SerializeToUtf8Bytes(
                Assessor.Record(reading.Repo, reading.Loop, reading.Loop.Verdict), ContractJson.Default.AssessmentRecord));
    }

    public bool IsSame(SnapshotFingerprint other) =>
        changes == other.changes && probes.AsSpan().SequenceEqual(other.probes) && assessment.AsSpan().SequenceEqual(other.assessment);
}
