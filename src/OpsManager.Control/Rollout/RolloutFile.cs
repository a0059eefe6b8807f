using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Rollout;

/// <summary>rollout.json of one loop as it is on disk now.</summary>
public sealed class RolloutFile(IFileSystem files, string repo, string loop)
{
    public ManagerFiles Kept { get; } = new(files, repo, loop);

    /// <summary>What stands there; no value and no fault where there is no file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ArtifactParse<RolloutRecord> Read() => files.File.Exists(Kept.Rollout) ? RolloutRecord.Parse(files.File.ReadAllBytes(Kept.Rollout)) : default;

    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Write(RolloutRecord rollout) => Kept.Replace(Kept.Rollout, rollout, ContractJson.Default.RolloutRecord);

    /// <exception cref="ContractException">The loop is not there.</exception>
    public void RequireLoop()
    {
        if (!files.Directory.Exists(files.Path.Combine(repo, ArtifactPaths.Loop(ArtifactPaths.CheckedLoopId(loop)))))
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"required artifact missing: {ArtifactPaths.Loop(loop)} in {repo}");
        }
    }
}
