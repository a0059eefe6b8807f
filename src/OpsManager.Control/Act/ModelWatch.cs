using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources;

namespace OpsManager.Control.Act;

/// <summary>Waits for models of a loop that say enough.</summary>
/// <param name="models">Models of the repository, the newest at subscription; never ends.</param>
/// <param name="fresh">Reads once more what a judgement relies on.</param>
internal sealed class ModelWatch(TimeProvider time, IObservable<FleetModel> models, FreshReading fresh)
{
    /// <summary>Models are dated in steady time.</summary>
    private readonly SteadyTime steady = SteadyTime.For(time);

    /// <summary>How long a loop's files may take to be read at first.</summary>
    public static readonly TimeSpan FirstReading = TimeSpan.FromSeconds(15);

    /// <summary>How long a look may take that follows another.</summary>
    public static readonly TimeSpan SecondReading = TimeSpan.FromSeconds(3);

    /// <summary>For <c>since</c>.</summary>
    public DateTimeOffset Now => steady.GetUtcNow();

    /// <summary>The newest models.</summary>
    /// <param name="since">When the files have to have been looked at.</param>
    /// <exception cref="ContractException">The loop cannot be read.</exception>
    public async Task<(RepoModel Repo, LoopModel Loop)> FirstAsync(
        ControlRequest request, TimeSpan within, CancellationToken cancel, DateTimeOffset since = default)
    {
        FleetModel? seen = null;
        fresh.CheckLoop(request);
        try
        {
            return await models
                .Do(fleet => seen = fleet)
                .Where(fleet => fleet.Repos.TryGetValue(request.Repo, out var watched) && watched.LookedAt >= since)
                .Select(fleet => Known(fleet, request))
                .Where(static known => known is not null)
                .Select(static known => known!.Value)
                .FirstWithinAsync(within, time, cancel)
                .ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new ContractException(FailureCodes.EventsUnavailable, WhyNot(seen, request, within), error);
        }
    }

    /// <summary>Another control has just ended: the models are to have looked since. Null where they do not get to it soon.</summary>
    public async Task<(RepoModel Repo, LoopModel Loop)?> CatchUpAsync(ControlRequest request, CancellationToken cancel)
    {
        try
        {
            return await FirstAsync(request, SecondReading, cancel, Now).ConfigureAwait(false);
        }
        catch (ContractException)
        {
            return null;
        }
    }

    /// <summary>
    /// The models with the files as they are now. Where approval.json has become another request since the log was looked at, the log is
    /// looked at again: an older baseline would take the event of this very request for one that came after it.
    /// </summary>
    public async Task<(RepoModel Repo, LoopModel Loop)> AsOneMomentAsync(
        ControlRequest request, RepoModel repo, LoopModel loop, CancellationToken leave)
    {
        static object? Of(LoopModel loop) => loop.Approval is { IsMissing: false, Value: { } approval }
            ? (approval.RunId, approval.Iteration, approval.RequestedAt, approval.Status)
            : null;
        var isCancel = request.Intent is Intent.Cancel;
        var now = await fresh.TakeAsync(repo, loop, isCancel, leave, request.Place).ConfigureAwait(false);
        return !Equals(Of(now.Loop), Of(loop)) && await CatchUpAsync(request, leave).ConfigureAwait(false) is { } newer
            ? await fresh.TakeAsync(newer.Repo, newer.Loop, isCancel, leave, request.Place).ConfigureAwait(false)
            : now;
    }

    private static string WhyNot(FleetModel? fleet, ControlRequest request, TimeSpan within)
    {
        var repo = fleet?.Repos.GetValueOrDefault(request.Repo);
        var loop = fleet?.Loop(request.Repo, request.Loop);
        if (repo is { Failure: null } && repo.LookedAt > default(DateTimeOffset) && loop is not { Exists: true })
        {
            return $"required artifact missing: {ArtifactPaths.Loop(request.Loop)} in {request.Repo}";
        }

        var why = repo?.Failure?.Fault
            ?? (loop is null ? "it was not read yet"
                : loop.EventsCondition == ArtifactCondition.Unseen || loop.Log is { IsTail: true } ? "its log was not read to its end yet"
                : loop.Approval.Condition == ArtifactCondition.Torn ? $"approval.json is half-written ({loop.Approval.Fault})"
                : "it was not read again");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ArtifactPaths.Loop(request.Loop)} of {request.Repo} could not be read within {within.TotalSeconds:0} s: {why}. This "
                + $"request sent nothing. Try again.");
    }

    private static (RepoModel, LoopModel)? Known(FleetModel fleet, ControlRequest request) =>
        fleet.Loop(request.Repo, request.Loop) is { } loop
            && (loop.Exists ? IsRead(loop, request.Intent) : CanBeStopped(loop, request.Intent))
            ? (fleet.Repos[request.Repo], loop)
            : null;

    private static bool IsRead(LoopModel loop, Intent intent) =>
        loop.EventsCondition != ArtifactCondition.Unseen
        && loop.Log is not { IsTail: true }
        // Stopping is not to wait for a decision that is being written, or was left half-written.
        && (intent is Intent.Cancel || loop.Approval.Condition is not (ArtifactCondition.Unseen or ArtifactCondition.Torn));

    /// <summary>A run whose directory is missing is stopped by what is known of its process.</summary>
    private static bool CanBeStopped(LoopModel loop, Intent intent) =>
        loop.IsHeld && intent is Intent.Cancel && (loop.Claim?.Fate is not null || loop.Found is not null);

    /// <param name="isCopy">The files are a copy of a sprite's, and count from when they were brought up to now.</param>
    /// <returns>The outcome, and what was seen last; null where nothing was.</returns>
    public async Task<(Outcome Outcome, Sighting? Seen)> VerifyAsync(
        ControlAttempt attempt, bool isCopy, TimeSpan within, CancellationToken cancel)
    {
        Sighting? seen = null;
        var since = isCopy ? Now : default;
        var target = attempt.Target;
        try
        {
            var outcome = await models
                .Where(fleet => fleet.Repos.TryGetValue(target.Repo, out var watched) && watched.LookedAt >= since)
                .Select(fleet => (Repo: fleet.Repos[target.Repo], Loop: fleet.Loop(target.Repo, target.Loop)))
                .Do(now => seen = new Sighting((seen?.Attempts ?? 0) + 1, now.Repo, now.Loop))
                // A judgement is told where it was made: on a thread of the pool it would wait its turn, and be of another moment.
                .Select(now => Observable.FromAsync(
                    stop => JudgeAsync(attempt, now.Repo, now.Loop, isCopy, stop), ImmediateScheduler.Instance))
                .Concat()
                .Where(static outcome => outcome is not null)
                .Select(static outcome => outcome!)
                .FirstWithinAsync(within, time, cancel)
                .ConfigureAwait(false);
            return (outcome, seen);
        }
        catch (TimeoutException)
        {
            var why = seen is null ? "the loop was not read" : Verifier.WhyUnknown(attempt, seen.Repo, seen.Loop);
            return (new Outcome.Unknown(why), seen);
        }
    }

    /// <summary>Judges by the decision that is in force after the command has ended: the model may be of before.</summary>
    private async Task<Outcome?> JudgeAsync(ControlAttempt attempt, RepoModel repo, LoopModel? loop, bool isCopy, CancellationToken cancel)
    {
        var outcome = Verifier.Judge(attempt, repo, loop);
        if (outcome is null || loop is null || isCopy || attempt.Intent is Intent.Cancel)
        {
            return outcome;
        }

        var (repoNow, loopNow) = await fresh.TakeAsync(repo, loop, forCancel: false, cancel).ConfigureAwait(false);
        return Verifier.Judge(attempt, repoNow, loopNow);
    }
}
