using System.IO.Abstractions;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Service;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Check;

namespace OpsManager.Control.Rollout;

/// <summary>Re-arms a loop after a rollback: only for a reason, and only when the artifacts, read again, say what is folded.</summary>
/// <param name="models">Models of the repositories, the newest at subscription; never ends.</param>
/// <param name="folding">The fold that makes the models.</param>
public sealed class Rearmer(
    IFileSystem files, TimeProvider time, IReadOnlyList<ISource> sources, IObservable<FleetModel> models, Reducer folding, Reducer reading)
{
    private static readonly TimeSpan FirstReading = TimeSpan.FromSeconds(15);

    /// <summary>What is folded may be this much behind what is in the files.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(3);

    /// <exception cref="ContractException">It is not rolled back, no reason was given, or something disagrees; the message says
    /// what.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task<RolloutRecord> ArmAsync(string repo, string loop, string by, string reason, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new ContractException(
                ServiceCodes.InvalidRequest, "re-arming a loop needs a reason (--reason): it is added to the incident note");
        }

        var file = new RolloutFile(files, repo, loop);
        file.RequireLoop();
        RequireRollback(file);
        var known = await KnownAsync(repo, loop, cancel).ConfigureAwait(false);
        await AgreeAsync(known, cancel).ConfigureAwait(false);

        using var held = await LoopLock.TakeAsync(files, file.Kept, time, cancel).ConfigureAwait(false);
        var rollback = RequireRollback(file);
        var rearm = new RearmRecord
        {
            At = time.GetUtcNow(),
            By = by,
            Reason = reason.Trim(),
            Incident = rollback.Incident,
            EventLineOffset = known.Tally.Lines,
            IntentRows = known.Intents.Count,
            Cursor = known.KeptCursor is { } kept ? new AcceptedCursor(kept.EventLineOffset, kept.UpdatedAt) : null,
        };
        var rollout = new RolloutRecord
        {
            Stage = rollback.StageBefore,
            ChangedAt = rearm.At,
            ChangedBy = by,
            Reason = $"re-armed: {rearm.Reason}",
            Rearm = rearm
        };

        // The note first: a loop must not be re-armed without a recorded reason.
        new IncidentFile(files, repo, loop).Add(rearm);
        file.Write(rollout);
        return rollout;
    }

    private static RollbackRecord RequireRollback(RolloutFile file) => file.Read() switch
    {
        { Value.Rollback: { } rollback } => rollback,
        { Fault: { } fault } => throw new ContractException(
            FailureCodes.ProjectionFailed, $"{file.Kept.Rollout} cannot be used: {fault}; set the stage again"),
        _ => throw new ContractException("not_rolled_back", "the loop is not rolled back: there is nothing to re-arm"),
    };

    private async Task<LoopModel> KnownAsync(string repo, string loop, CancellationToken cancel)
    {
        try
        {
            return await models
                .Select(fleet => fleet.Loop(repo, loop))
                .Where(static known => known is
                {
                    Exists: true,
                    IsCounted: true, Intents: { Condition: not ArtifactCondition.Unseen, HasMore: false }, Rollback: not null
                })
                .Select(static known => known!)
                .FirstWithinAsync(FirstReading, time, cancel)
                .ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"{ArtifactPaths.Events(loop)} of {repo} cannot be read to its end: the loop cannot be re-armed", error);
        }
    }

    private async Task AgreeAsync(LoopModel known, CancellationToken cancel)
    {
        if (known.EventsCondition != ArtifactCondition.Present)
        {
            throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"{ArtifactPaths.Events(known.Id)} cannot be read{(known.EventsFault is { } fault ? $": {fault}" : "")}: the loop "
                    + $"cannot be re-armed");
        }

        var source = sources.FirstOrDefault(source => source.Repo == known.Repo)
            ?? throw new ContractException(
                FailureCodes.SnapshotUnavailable, $"{known.Repo} is no longer watched: the loop cannot be re-armed");
        var anew = ScratchReading.Take(known, source.Files, time.GetUtcNow());
        for (var tries = 1; anew.IsIncomplete && tries < 40; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel).ConfigureAwait(false);
            anew = ScratchReading.Take(known, source.Files, time.GetUtcNow());
        }

        var last = anew.IsIncomplete ? "an artifact is half-written or cannot be read" : null;
        if (last is null)
        {
            try
            {
                await models
                    .Select(fleet => anew.DifferenceFrom(fleet, folding, reading))
                    .Do(difference => last = difference)
                    .Where(static difference => difference is null)
                    .FirstWithinAsync(CatchUp, time, cancel)
                    .ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The last difference is the answer.
            }
        }

        last ??= known.ServiceParity.Difference;
        if (last is not null)
        {
            throw new ContractException(
                "not_agreed", $"not re-armed: the artifacts were read again and disagree with what is shown: {last}");
        }
    }
}
