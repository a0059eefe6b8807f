using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Sources;

/// <summary>
/// Reads sources once, as the screen reads them all the time: each is watched until all of it was read, or until its time is up. A source
/// that hangs costs its own time and no other's.
/// </summary>
/// <param name="atOnce">How many are read at a time.</param>
/// <param name="timeout">How long one may take.</param>
public sealed class FleetReader(FoldOptions fold, TimeProvider time, int atOnce, TimeSpan timeout)
{
    private readonly Reducer reducer = new(fold);

    /// <summary>Each source as it was read, in their order.</summary>
    /// <exception cref="OperationCanceledException">Only where <paramref name="cancel"/> asked for it.</exception>
    public async Task<IReadOnlyList<FleetReading>> ReadAsync(IReadOnlyList<ISource> sources, CancellationToken cancel)
    {
        using var slots = new SemaphoreSlim(atOnce);
        async Task<FleetReading> InTurnAsync(ISource source)
        {
            await slots.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                return await ReadAsync(source, cancel).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        }

        return await Task.WhenAll(sources.Select(InTurnAsync)).ConfigureAwait(false);
    }

    private async Task<FleetReading> ReadAsync(ISource source, CancellationToken cancel)
    {
        var repo = new RepoModel(source.Repo);
        var whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var scheduler = new ThreadScheduler("one look", time);
        var began = scheduler.Now;
        // What hangs in a look hangs on the scheduler's thread, which ends with the process.
        using var watch = Pipeline.Models([source], reducer, scheduler).Subscribe(fleet =>
        {
            if (fleet.Repos.TryGetValue(source.Repo, out var seen))
            {
                Volatile.Write(ref repo, seen);
                if (IsWhole(seen, began))
                {
                    whole.TrySetResult();
                }
            }
        });
        try
        {
            await whole.Task.WaitAsync(timeout, time, cancel).ConfigureAwait(false);
            return new(Volatile.Read(ref repo), IsWhole: true);
        }
        catch (TimeoutException)
        {
            return new(Volatile.Read(ref repo), IsWhole: false);
        }
    }

    /// <summary>Whether all that can be read now was read; of what cannot be read, whether that is certain.</summary>
    private bool IsWhole(RepoModel repo, DateTimeOffset began) => SourceStanding.From(repo).Condition switch
    {
        SourceCondition.NotRead => false,
        // A sprite may be read by another way; when the next try has a time, all ways have failed.
        SourceCondition.Unreachable => repo.Sprite is null or { NextTryAt: not null },
        SourceCondition.Asleep => repo.LookedAt >= began && repo.Loops.Values.All(loop => IsRead(repo, loop)),
        _ => HasSaid(repo, began) && !IsBeingWritten(repo, repo.State) && !IsBeingWritten(repo, repo.ActiveRun)
            && repo.Loops.Values.All(loop => IsRead(repo, loop)),
    };

    /// <summary>A copy is whole where it was looked at after the sprite had answered.</summary>
    private static bool HasSaid(RepoModel repo, DateTimeOffset began) => repo.LookedAt >= began && (repo.Sprite is not { } sprite
        || (sprite.GoodAt >= began && repo.LookedAt >= sprite.GoodAt && sprite.Progress is null));

    private bool IsRead(RepoModel repo, LoopModel loop) => !loop.Exists || (
        loop is { IsReading: false, EventsCondition: not ArtifactCondition.Unseen, Log: null or { IsTail: false } }
        && loop.Approval.Condition != ArtifactCondition.Unseen && loop.Summary.Condition != ArtifactCondition.Unseen
        && !IsBeingWritten(repo, loop.Approval) && !IsBeingWritten(repo, loop.Summary) && !loop.ControlRows.HasMore);

    private bool IsBeingWritten<T>(RepoModel repo, Artifact<T> artifact)
        where T : class =>
        artifact.Condition == ArtifactCondition.Torn && !artifact.StayedTorn(repo.Now, fold.Limits.TornFor);
}

/// <summary>A source that was read once.</summary>
/// <param name="Repo">What is known of it; nothing where it did not say anything in time.</param>
/// <param name="IsWhole">All of it was read, or it is certain that it cannot be read.</param>
public sealed record FleetReading(RepoModel Repo, bool IsWhole);
