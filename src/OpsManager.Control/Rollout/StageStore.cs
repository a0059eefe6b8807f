using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Rollout;

/// <summary>Sets the stage of a loop (docs/rollout.md).</summary>
public sealed class StageStore(IFileSystem files, TimeProvider time)
{
    /// <exception cref="ContractException">The loop is not there, no reason was given, or the loop is rolled back and would be
    /// trusted again.</exception>
    /// <exception cref="IOException">It cannot be kept, or another manager is at it.</exception>
    public RolloutRecord Set(string repo, string loop, RolloutStage stage, string by, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new ContractException(ServiceCodes.InvalidRequest, "a change of stage needs a reason: it is what the others read");
        }

        var file = new RolloutFile(files, repo, loop);
        file.RequireLoop();
        using var held = LoopLock.TryTake(files, file.Kept)
            ?? throw new IOException($"another manager is changing {file.Kept.Rollout}; try again");
        var before = file.Read().Value;
        if (before?.Rollback is { } rollback && stage == RolloutStage.Assisted)
        {
            throw new ContractException(
                FindingCodes.RolledBack,
                $"the loop is rolled back ({rollback.Cause}); arm it again instead: ops-manager rearm --repo {repo} --loop {loop} "
                    + $"--reason TEXT");
        }

        var rollout = new RolloutRecord
        {
            Stage = stage,
            ChangedAt = time.GetUtcNow(),
            ChangedBy = by,
            Reason = reason.Trim(),
            Rollback = before?.Rollback is { } back ? back with { StageBefore = stage } : null,
            Rearm = before?.Rearm,
        };
        file.Write(rollout);
        return rollout;
    }

    /// <summary>What is kept; null where nothing is, and then the loop is assisted.</summary>
    /// <exception cref="ContractException">The loop is not there, or the file is not what it should be.</exception>
    public RolloutRecord? Get(string repo, string loop)
    {
        var file = new RolloutFile(files, repo, loop);
        file.RequireLoop();
        var read = file.Read();
        return read.Fault is { } fault
            ? throw new ContractException(
                FailureCodes.ProjectionFailed, $"{file.Kept.Rollout} cannot be relied on: {fault}; set the stage anew")
            : read.Value;
    }
}
