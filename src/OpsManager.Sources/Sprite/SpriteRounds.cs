using System.Collections.Concurrent;
using System.Reactive.Concurrency;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Service;
using OpsManager.Core.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Asks one sprite, round after round: how soon by <see cref="PollPace"/>, by which way by what failed (docs/service.md, "When the
/// service fails"). Tells how it is reached as observations.
/// </summary>
/// <param name="copied">The copy may have changed.</param>
public sealed class SpriteRounds(SpriteSettings settings, Mirror mirror, SpriteSync sync, TimeProvider time, Action copied)
{
    /// <summary>Loops of one sprite that are read.</summary>
    private const int MostLoops = 1000;

    /// <summary>What is only counted on is told so often: every telling makes a model.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromSeconds(5);

    private readonly SpriteOptions options = settings.Options;
    private readonly ConcurrentDictionary<string, SnapshotEnvelope> said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoopSaid> standing = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource<string?>> asked = [];
    private TaskCompletionSource kick = NewKick();
    private DateTimeOffset hurriedUntil;
    private SpriteState state = new() { Name = settings.Name, RepoPath = mirror.Origin?.RepoPath, GoodAt = mirror.Origin?.At };
    private string[] listed = [];
    private bool isTagged;
    private DateTimeOffset? listedAt;
    private DateTimeOffset? platformAt;
    private DateTimeOffset? probedAt;
    private DateTimeOffset? roundAt;
    private DateTimeOffset changedAt = DateTimeOffset.MinValue;
    private DateTimeOffset? failingSince;
    private int wellInARow;
    private bool wokeByItself;
    private bool toldFailure;
    private bool hasCopied;
    private SpriteState? told;
    private DateTimeOffset toldAt;

    /// <summary>What is known of one loop, for the pace.</summary>
    private readonly record struct LoopSaid(bool IsRunning, bool IsWaiting);

    /// <summary>How it is reached now; before anything was asked, what an earlier session knew.</summary>
    public SpriteState State => state;

    public SnapshotEnvelope? Said(string loop) => said.GetValueOrDefault(loop);

    /// <summary>Asks at once, and often for a while.</summary>
    public void Hurry()
    {
        lock (gate)
        {
            hurriedUntil = time.GetUtcNow() + options.Hurry;
            kick.TrySetResult();
        }
    }

    public Task<string?> RefreshAsync(CancellationToken cancel)
    {
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            asked.Add(done);
        }

        Hurry();
        return done.Task.WaitAsync(cancel);
    }

    /// <summary>Asks until it is cancelled. No fault of a sprite ends it.</summary>
    public async Task RunAsync(IObserver<IReadOnlyList<Observation>> observer, string repo, IScheduler scheduler, CancellationToken cancel)
    {
        void Tell()
        {
            var now = time.GetUtcNow();
            if (told is { } before && now - toldAt < Untold && IsNoNews(before, state))
            {
                return;
            }

            (told, toldAt) = (state, now);
            List<Observation> news = [new SpriteSeen(scheduler.Now, repo, state)];
            var isLost = state is { Reach: Reach.LastKnown, Fault: not null };
            if (isLost != toldFailure)
            {
                toldFailure = isLost;
                news.Add(isLost ? new SourceFailed(scheduler.Now, repo, state.Fault!) : new SourceRecovered(scheduler.Now, repo));
            }

            observer.OnNext(news);
        }

        Tell();
        while (!cancel.IsCancellationRequested)
        {
            await PlatformAsync(cancel).ConfigureAwait(false);
            var (isDue, wait) = Due();
            if (!isDue)
            {
                Tell();
                await WaitAsync(wait, cancel).ConfigureAwait(false);
                continue;
            }

            TaskCompletionSource<string?>[] waiting;
            lock (gate)
            {
                waiting = [.. asked];
                asked.Clear();
            }

            await RoundAsync(cancel).ConfigureAwait(false);
            state = state with { Budget = settings.Service?.Budget ?? BudgetReading.None, KeptAwake = settings.Service?.KeptAwake ?? TimeSpan.Zero, IsLeftAlone = false };
            if (hasCopied)
            {
                hasCopied = false;
                copied();
            }

            Tell();
            foreach (var one in waiting)
            {
                one.TrySetResult(state.FailureCode is null ? null : state.Fault);
            }
        }
    }

    /// <summary>Whether all that is different is counted on with every round.</summary>
    private static bool IsNoNews(SpriteState before, SpriteState now) =>
        before.GoodAt is not null && now.GoodAt is not null && before.Budget.Failed == now.Budget.Failed
        && before == now with { GoodAt = before.GoodAt, KeptAwake = before.KeptAwake, Budget = before.Budget };

    private static TaskCompletionSource NewKick() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it is to be asked now, and else how long to wait; a wait of null is until something happens.</summary>
    private (bool IsDue, TimeSpan? Wait) Due()
    {
        var now = time.GetUtcNow();
        bool isHurried, isAsked;
        lock (gate)
        {
            (isHurried, isAsked) = (now < hurriedUntil, asked.Count > 0);
        }

        var pace = options.Pace.Next(new PollFacts(
            state.Warmth, settings.MayWake, isHurried || wokeByItself, standing.Values.Any(static loop => loop.IsRunning), standing.Values.Any(static loop => loop.IsWaiting), now - changedAt, state.FailureStreak));
        if (isAsked || (roundAt is null && pace is not null) || (roundAt is null && !state.Warmth.IsAsleep()))
        {
            return (true, null);
        }

        if (pace is { } wait)
        {
            var least = state.Reach == Reach.Pull ? settings.Pull is CommandTransport ? options.PullCommand : options.PullPath : TimeSpan.Zero;
            var rest = roundAt + (wait > least ? wait : least) - now;
            return rest is null || rest <= TimeSpan.Zero ? (true, null) : (false, Sooner(rest, UntilPlatform(now)));
        }

        state = state with { IsLeftAlone = state.AsleepSince is null };
        return (false, UntilPlatform(now));
    }

    private TimeSpan? UntilPlatform(DateTimeOffset now) => settings.Platform is null ? null
        : platformAt is not { } asked || asked + options.Platform <= now ? TimeSpan.Zero
        : asked + options.Platform - now;

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null ? other : other is null || one < other ? one : other;

    private async Task WaitAsync(TimeSpan? wait, CancellationToken cancel)
    {
        Task kicked;
        lock (gate)
        {
            kicked = kick.Task;
        }

        if (wait is not { } some)
        {
            await kicked.WaitAsync(cancel).ConfigureAwait(false);
        }
        else if (some > TimeSpan.Zero)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            await Task.WhenAny(kicked, Task.Delay(some, time, end.Token)).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }

        lock (gate)
        {
            kick = kick.Task.IsCompleted ? NewKick() : kick;
        }
    }

    /// <summary>Asks the platform, where it is time to. What it says of a sprite that was never asked decides whether it is.</summary>
    private async Task PlatformAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (settings.Platform is not { } platform || UntilPlatform(now) > TimeSpan.Zero)
        {
            return;
        }

        platformAt = now;
        var (warmth, _) = await platform.AskAsync(cancel).ConfigureAwait(false);
        now = time.GetUtcNow();
        if (warmth.IsAsleep() && !state.Warmth.IsAsleep())
        {
            settings.Service?.Slept();
        }

        // Somebody else has woken it: what they did there is looked at once.
        wokeByItself = state.Warmth.IsAsleep() && warmth == Warmth.Running;
        changedAt = wokeByItself ? now : changedAt;
        state = state with { Warmth = warmth, AsleepSince = warmth.IsAsleep() ? state.AsleepSince ?? now : null };
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        roundAt = time.GetUtcNow();
        wokeByItself = false;
        if (settings.Service is not { } service)
        {
            await ByAsync(settings.Pull!, Reach.Pull, cancel).ConfigureAwait(false);
            return;
        }

        if (state.Reach is Reach.Unknown or Reach.Service)
        {
            await ByAsync(new ServiceTransport(service), Reach.Service, cancel).ConfigureAwait(false);
            if (state.FailureCode is not null && IsLost(service))
            {
                FallBack();
            }

            return;
        }

        await ProbeAsync(service, cancel).ConfigureAwait(false);
        if (state.Reach == Reach.Pull)
        {
            await ByAsync(settings.Pull!, Reach.Pull, cancel).ConfigureAwait(false);
        }
    }

    private bool IsLost(SpriteHttp service)
    {
        var now = time.GetUtcNow();
        return service.Budget.IsSpent || now - service.OpenSince >= options.FallBackAfter || now - failingSince >= options.FallBackAfter;
    }

    /// <summary>The service is given up for now; why stays shown.</summary>
    private void FallBack()
    {
        sync.Forget();
        (wellInARow, probedAt) = (0, time.GetUtcNow());
        state = state with { Reach = settings.Pull is null ? Reach.LastKnown : Reach.Pull, By = settings.Pull?.Word, FaultSince = state.FaultSince ?? time.GetUtcNow() };
    }

    /// <summary>Looks whether the service is well again, and says what the other way says. Both, for a while, or it is not used.</summary>
    private async Task ProbeAsync(SpriteHttp service, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now - probedAt < options.Probe)
        {
            return;
        }

        probedAt = now;
        var by = new ServiceTransport(service, isProbing: true);
        try
        {
            foreach (var loop in Known())
            {
                var there = await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false);
                if (settings.Pull is { } pull && await DifferenceAsync(there.Snapshot!, by, pull, loop, cancel).ConfigureAwait(false) is { } difference)
                {
                    throw new ContractException(FailureCodes.ServiceResponseInvalid, $"the service is not used again yet: loop {loop}: {difference}");
                }
            }

            wellInARow++;
            if (wellInARow >= options.ProbesWell)
            {
                service.Forgive();
                sync.Forget();
                failingSince = null;
                state = state with { Reach = Reach.Service, By = by.Word, Fault = null, FaultSince = null, FailureCode = null, FailureStreak = 0 };
                await ByAsync(new ServiceTransport(service), Reach.Service, cancel).ConfigureAwait(false);
            }
            else if (state.Reach == Reach.LastKnown)
            {
                state = state with { FailureStreak = 1 };
            }
        }
        catch (ContractException error)
        {
            wellInARow = 0;
            state = state with { Fault = error.Message, FailureStreak = state.Reach == Reach.LastKnown ? state.FailureStreak + 1 : state.FailureStreak };
        }
    }

    private async Task<string?> DifferenceAsync(SnapshotEnvelope there, ServiceTransport by, ILoopTransport pull, string loop, CancellationToken cancel)
    {
        var here = await pull.SnapshotAsync(loop, null, cancel).ConfigureAwait(false);
        if (EnvelopeParity.Difference(here.Snapshot!, pull.Word, there, by.Word) is null)
        {
            return null;
        }

        // They were read one after the other: the loop may have moved between.
        there = (await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false)).Snapshot!;
        here = await pull.SnapshotAsync(loop, null, cancel).ConfigureAwait(false);
        return EnvelopeParity.Difference(here.Snapshot!, pull.Word, there, by.Word);
    }

    /// <summary>One round by one way. A fault of one loop is told, and the others are read all the same.</summary>
    private async Task ByAsync(ILoopTransport by, Reach reach, CancellationToken cancel)
    {
        ContractException? fault = null;
        try
        {
            var tags = await ListAsync(by, cancel).ConfigureAwait(false);
            var loops = Known();
            if (loops.Count == 0)
            {
                throw new ContractException(FailureCodes.SnapshotUnavailable, $"{settings.Name} does not list its loops, and none is named: name them in config.yaml (loops: [NAME])");
            }

            foreach (var loop in loops.Where(loop => !(tags.TryGetValue(loop, out var tag) && sync.Has(loop, tag))))
            {
                try
                {
                    await LoopAsync(by, loop, cancel).ConfigureAwait(false);
                }
                catch (ContractException error) when (error.InnerException is not SpriteUnansweredException)
                {
                    fault ??= new ContractException(error.Code, $"loop {loop}: {error.Message}", error);
                }
            }

            if (fault is null && state.RepoPath is { } path)
            {
                mirror.ReadWell(path, time.GetUtcNow());
            }
        }
        catch (ContractException error)
        {
            fault = error;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = new ContractException(FailureCodes.ProjectionFailed, $"the copy cannot be kept: {error.Message}", error);
        }

        var now = time.GetUtcNow();
        if (fault is null)
        {
            failingSince = null;
            state = state with
            {
                Reach = reach,
                By = by.Word,
                GoodAt = now,
                // While the service is not used, why it is not stays shown.
                Fault = reach == Reach.Pull && settings.Service is not null ? state.Fault : null,
                FaultSince = reach == Reach.Pull && settings.Service is not null ? state.FaultSince : null,
                FailureCode = null,
                FailureStreak = 0,
            };
        }
        else
        {
            failingSince ??= now;
            state = state with { Fault = fault.Message, FaultSince = state.FaultSince ?? now, FailureCode = fault.Code, FailureStreak = state.FailureStreak + 1 };
        }
    }

    /// <summary>Lists the loops, where it is time to; where the list tells which of several have changed, it is that which is asked for in every round.</summary>
    /// <returns>The tags of the snapshots that the list tells of; none where it was not asked for.</returns>
    private async Task<Dictionary<string, string>> ListAsync(ILoopTransport by, CancellationToken cancel)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (settings.IsNarrow || (!(isTagged && listed.Length > 1) && time.GetUtcNow() - listedAt < options.ListLoops))
        {
            return tags;
        }

        var answer = await by.LoopsAsync(cancel).ConfigureAwait(false);
        var isFirst = listedAt is null;
        listedAt = time.GetUtcNow();
        if (answer is null)
        {
            return tags;
        }

        var names = answer.Loops.Select(static loop => loop.LoopId).Where(ArtifactPaths.IsLoopId).Take(MostLoops).ToArray();
        if (isFirst || !names.AsSpan().SequenceEqual(listed))
        {
            foreach (var gone in mirror.Loops.Except(names).Except(settings.Loops))
            {
                mirror.SetLoopAside(gone);
                standing.Remove(gone);
                said.TryRemove(gone, out _);
                hasCopied = true;
            }
        }

        listed = names;
        foreach (var entry in answer.Loops)
        {
            if (entry.SnapshotTag is { } tag)
            {
                tags[entry.LoopId] = tag;
            }
        }

        isTagged = tags.Count > 0;
        return tags;
    }

    private IReadOnlyList<string> Known() => settings.IsNarrow ? settings.Loops : [.. settings.Loops.Union(listed).Union(listedAt is null || listed.Length == 0 ? mirror.Loops : []).Order(StringComparer.Ordinal)];

    private async Task LoopAsync(ILoopTransport by, string loop, CancellationToken cancel)
    {
        if (await sync.LoopAsync(by, loop, cancel).ConfigureAwait(false) is not { } snapshot)
        {
            return;
        }

        hasCopied = true;
        var isFirst = !standing.ContainsKey(loop);
        var extras = SnapshotExtras.Of(snapshot);
        var lifecycle = extras.Assessment?.Lifecycle ?? snapshot.Run.Status;
        standing[loop] = new LoopSaid(lifecycle == Lifecycle.Running, lifecycle == Lifecycle.AwaitingApproval);
        said[loop] = snapshot;
        var now = time.GetUtcNow();
        // What was over before this session began is not news.
        var at = isFirst && DateTimeOffset.TryParse(snapshot.Health.LastEventAt, System.Globalization.CultureInfo.InvariantCulture, out var last) && last < now ? last : now;
        changedAt = at > changedAt ? at : changedAt;
        state = state with { RepoPath = snapshot.Source.RepoPath, SeesDecisions = by.HandsOutFiles && extras.Files is not null };
    }
}
