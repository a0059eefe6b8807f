using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;

namespace OpsManager.Control.Rollout;

/// <summary>rollout.json of one loop as it is on disk now.</summary>
internal sealed class RolloutFile(IFileSystem files, string repo, string loop)
{
    public ManagerFiles Kept { get; } = new(files, repo, loop);

    /// <summary>What is there; no value and no fault where there is no file.</summary>
    public ArtifactParse<RolloutRecord> Read() =>
        new ArtifactFollower<RolloutRecord>(Kept.Repository, ArtifactPaths.Rollout(loop), RolloutRecord.Parse).Look(default)! switch
        {
            { Condition: ArtifactCondition.Missing } => default,
            { Value: { } value } => ArtifactParse<RolloutRecord>.From(value),
            { Fault: var fault } => ArtifactParse<RolloutRecord>.Invalid(fault ?? "it cannot be read"),
        };

    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Write(RolloutRecord rollout) => Kept.Replace(Kept.Rollout, rollout, ContractJson.Default.RolloutRecord);

    /// <exception cref="ContractException">The loop is not there, or is reached through a link only.</exception>
    public void RequireLoop()
    {
        if (!Kept.LoopExists)
        {
            throw new ContractException(
                FailureCodes.SnapshotUnavailable, $"required artifact missing: {ArtifactPaths.Loop(loop)} in {repo}");
        }
    }
}
