using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Control.Act;

/// <summary>Reads what an intent relies on once more, right before it is sent: the models may be a moment old.</summary>
internal sealed class FreshReading(IFileSystem files, TimeProvider time)
{
    /// <summary>The runtime truncates before it writes: a file that is being written is read again so soon, and so often.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private const int MaxReadings = 20;

    /// <summary>The models with approval.json, active-run.json and rollout.json as they are now.</summary>
    /// <param name="forCancel">Stopping has no use for approval.json, and is not to wait until it is whole.</param>
    /// <param name="place">The repository whose rollout.json is obeyed; null where it is the loop's own.</param>
    public async Task<(RepoModel Repo, LoopModel Loop)> TakeAsync(
        RepoModel repo, LoopModel loop, bool forCancel, CancellationToken cancel, string? place = null)
    {
        var disk = GuardedFiles.Open(files, repo.Path);
        var run = await ReadAsync(disk, ArtifactPaths.ActiveRun, ActiveRun.Parse, cancel).ConfigureAwait(false);
        var approval = forCancel
            ? null
            : await ReadAsync(disk, ArtifactPaths.Approval(loop.Id), Approval.Parse, cancel).ConfigureAwait(false);
        var stages = place is null || place == repo.Path ? disk : GuardedFiles.Open(files, place);
        var rollout = await ReadAsync(stages, ArtifactPaths.Rollout(loop.Id), RolloutRecord.Parse, cancel).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return (
            repo with { ActiveRun = repo.ActiveRun.With(run, now) },
            loop with
            {
                Approval = approval is null ? loop.Approval : loop.Approval.With(approval, now),
                Rollout = loop.Rollout.With(rollout, now)
            });
    }

    /// <exception cref="ContractException">The loop's directory is reached through a link only, or may not be looked at.</exception>
    public void CheckLoop(ControlRequest request) => _ = LoopDirectories.Contains(GuardedFiles.Open(files, request.Repo), request.Loop);

    private async Task<ArtifactReading<T>> ReadAsync<T>(
        IRepoFiles disk, string path, Func<ReadOnlyMemory<byte>, ArtifactParse<T>> parse, CancellationToken cancel)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var reading = new ArtifactFollower<T>(disk, path, parse).Look(time.GetUtcNow())!;
            if (reading.Condition != ArtifactCondition.Torn || attempt == MaxReadings)
            {
                return reading;
            }

            await Task.Delay(Again, time, cancel).ConfigureAwait(false);
        }
    }
}
