using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Act;

/// <summary>Sets the stage of a loop (docs/rollout.md).</summary>
public sealed class StageKeeper(IFileSystem files, TimeProvider time)
{
    /// <exception cref="ContractException">The loop is not there, or no reason was given.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public RolloutRecord Set(string repo, string loop, RolloutStage stage, string by, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new ContractException("invalid_request", "a change of stage needs a reason: it is what the others read");
        }

        RequireLoop(repo, loop);
        var kept = new ManagerFiles(files, repo, loop);
        var rollout = new RolloutRecord { Stage = stage, ChangedAt = time.GetUtcNow(), ChangedBy = by, Reason = reason.Trim() };
        kept.Replace(kept.Rollout, rollout, ContractJson.Default.RolloutRecord);
        return rollout;
    }

    /// <summary>What is kept; null where nothing is, and then the loop is assisted.</summary>
    /// <exception cref="ContractException">The loop is not there, or the file is not what it should be.</exception>
    public RolloutRecord? Get(string repo, string loop)
    {
        RequireLoop(repo, loop);
        var kept = new ManagerFiles(files, repo, loop);
        if (!files.File.Exists(kept.Rollout))
        {
            return null;
        }

        var read = RolloutRecord.Parse(files.File.ReadAllBytes(kept.Rollout));
        return read.Value ?? throw new ContractException(FailureCodes.ProjectionFailed, $"{kept.Rollout} cannot be relied on: {read.Fault}; set the stage anew");
    }

    private void RequireLoop(string repo, string loop)
    {
        if (!files.Directory.Exists(files.Path.Combine(repo, ArtifactPaths.Loop(ArtifactPaths.CheckedLoopId(loop)))))
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"required artifact missing: {ArtifactPaths.Loop(loop)} in {repo}");
        }
    }
}
