using System.Collections.Concurrent;
using System.Globalization;
using System.Reactive.Concurrency;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Asks one sprite, round after round: how soon by <see cref="PollPace"/>, by which way by what failed (docs/service.md, "When the
/// service fails"). Tells how it is reached as observations.
/// </summary>
/// <param name="copied">The copy may have changed.</param>
internal sealed class SpriteRounds(SpriteSettings settings, Mirror mirror, SpriteSync sync, TimeProvider time, Action copied)
{
    /// <summary>Loops of one sprite that are read.</summary>
    private const int MostLoops = 1000;

    private readonly SpriteOptions options = settings.Options;
    private readonly ConcurrentDictionary<string, SnapshotEnvelope> said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoopSaid> standing = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Refreshes refreshes = new();
    private readonly Dictionary<string, string> loopFaults = new(StringComparer.Ordinal);
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
    private bool hasCopied;

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

    public Task<string?> RefreshAsync(string loop, CancellationToken cancel)
    {
        var done = refreshes.Add(loop);
        Hurry();
        return done.WaitAsync(cancel);
    }

    /// <summary>Asks until it is cancelled. No fault of a sprite ends it.</summary>
    public async Task RunAsync(IObserver<IReadOnlyList<Observation>> observer, string repo, IScheduler scheduler, CancellationToken cancel)
    {
        var telling = new SpriteTelling(observer, repo, scheduler);
        IReadOnlyList<Refreshes.Waiting> waiting = [];
        refreshes.Begin();
        try
        {
            telling.Tell(state);
            while (!cancel.IsCancellationRequested)
            {
                await PlatformAsync(cancel).ConfigureAwait(false);
                var (isDue, wait) = Due();
                if (!isDue)
                {
                    telling.Tell(state);
                    await WaitAsync(wait, cancel).ConfigureAwait(false);
                    continue;
                }

                waiting = refreshes.Take();
                await RoundAsync(cancel).ConfigureAwait(false);
                telling.Tell(state);
                Refreshes.Answer(waiting, loop => state.FailureCode is null ? loopFaults.GetValueOrDefault(loop) : state.Fault);
            }
        }
        finally
        {
            refreshes.End(waiting);
        }
    }

    private static TaskCompletionSource NewKick() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it is to be asked now, and else how long to wait; a wait of null is until something happens.</summary>
    private (bool IsDue, TimeSpan? Wait) Due()
    {
        var now = time.GetUtcNow();
        var (isHurried, isAsked) = (IsHurried(now), !refreshes.IsEmpty);

        var pace = options.Pace.Next(new PollFacts(
            state.Warmth, settings.MayWake, isHurried || wokeByItself, standing.Values.Any(static loop => loop.IsRunning), standing.Values.Any(static loop => loop.IsWaiting), now - changedAt, state.FailureStreak));
        if (isAsked || (roundAt is null && pace is not null) || (roundAt is null && !state.Warmth.IsAsleep()))
        {
            return (true, null);
        }

        if (pace is { } wait)
        {
            var least = state.Reach == Reach.Pull ? settings.Pull is CommandTransport ? options.PullCommand : options.PullPath : TimeSpan.Zero;
            var whole = wait > least ? wait : least;
            var rest = roundAt + whole - now;
            // A clock that was set back is no reason to wait for it.
            return rest is null || rest <= TimeSpan.Zero || rest > whole ? (true, null) : (false, Sooner(rest, UntilPlatform(now)));
        }

        state = state with { IsLeftAlone = state.AsleepSince is null };
        return (false, UntilPlatform(now));
    }

    private bool IsHurried(DateTimeOffset now)
    {
        lock (gate)
        {
            return now < hurriedUntil && hurriedUntil - now <= options.Hurry;
        }
    }

    private TimeSpan? UntilPlatform(DateTimeOffset now) => settings.Platform is null ? null
        : platformAt is not { } asked || asked + options.Platform <= now || asked > now ? TimeSpan.Zero
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
        var (warmth, fault) = await platform.AskAsync(cancel).ConfigureAwait(false);
        if (fault is not null && state.Warmth.IsAsleep())
        {
            // It was asleep when last heard of: a platform that does not answer is no reason to wake it.
            return;
        }

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
        try
        {
            await ByAnyWayAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            // What a sprite says must not end the watching of it, whatever it is.
            Failed(new ContractException(FailureCodes.ServiceResponseInvalid, $"what {settings.Name} says cannot be taken: {error.Message}", error));
        }

        state = state with { Budget = settings.Service?.Budget ?? BudgetReading.None, KeptAwake = settings.Service?.KeptAwake ?? TimeSpan.Zero, IsLeftAlone = false };
        if (hasCopied)
        {
            hasCopied = false;
            copied();
        }
    }

    private async Task ByAnyWayAsync(CancellationToken cancel)
    {
        if (settings.Service is not { } service)
        {
            await ByAsync(settings.Pull!, Reach.Pull, cancel).ConfigureAwait(false);
            return;
        }

        if (state.Reach is Reach.Unknown or Reach.Service)
        {
            await ByAsync(new ServiceTransport(service), Reach.Service, cancel).ConfigureAwait(false);
            // Retries may hide what burns the budget: where there is another way, it is taken before the sprite is lost.
            if (state.FailureCode is not null ? IsLost(service) : settings.Pull is not null && service.Budget.IsSpent)
            {
                FallBack();
            }

            return;
        }

        await ProbeAsync(service, cancel).ConfigureAwait(false);
        if (state.Reach != Reach.Service && settings.Pull is { } pull)
        {
            await ByAsync(pull, Reach.Pull, cancel).ConfigureAwait(false);
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
        var budget = settings.Service!.Budget;
        var fault = state.Fault ?? string.Create(CultureInfo.InvariantCulture, $"the error budget of the service is spent: {budget.Failed} of {budget.Total} requests failed, {budget.Allowed} may");
        state = state with { Fault = fault, Reach = settings.Pull is null ? Reach.LastKnown : Reach.Pull, By = settings.Pull?.Word, FaultSince = state.FaultSince ?? time.GetUtcNow() };
    }

    /// <summary>Looks whether the service is well again, and says what the other way says. Both, for a while, or it is not used.</summary>
    private async Task ProbeAsync(SpriteHttp service, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (!IsHurried(now) && now - probedAt < options.Probe && now >= probedAt)
        {
            return;
        }

        probedAt = now;
        var by = new ServiceTransport(service, isProbing: true);
        try
        {
            await ServiceProbe.CheckAsync(by, settings.Pull, Known(), cancel).ConfigureAwait(false);
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

    /// <summary>One round by one way. A loop that cannot be read is told, and the others are read all the same: it says nothing against the way.</summary>
    private async Task ByAsync(ILoopTransport by, Reach reach, CancellationToken cancel)
    {
        try
        {
            var tags = await ListAsync(by, cancel).ConfigureAwait(false);
            var loops = Known();
            if (loops.Count == 0)
            {
                throw new ContractException(FailureCodes.SnapshotUnavailable, $"{settings.Name} does not list its loops, and none is named: name them in config.yaml (loops: [NAME])");
            }

            foreach (var gone in loopFaults.Keys.Except(loops).ToArray())
            {
                loopFaults.Remove(gone);
            }

            foreach (var loop in loops.Where(loop => !(tags.TryGetValue(loop, out var tag) && sync.Has(loop, tag))))
            {
                try
                {
                    await LoopAsync(by, loop, cancel).ConfigureAwait(false);
                    loopFaults.Remove(loop);
                }
                catch (ContractException error) when (ServiceProbe.IsOfLoop(error))
                {
                    loopFaults[loop] = error.Message;
                }
            }

            Succeeded(by, reach, loops.Count);
        }
        catch (ContractException error)
        {
            Failed(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failed(new ContractException(FailureCodes.ProjectionFailed, $"the copy cannot be kept: {error.Message}", error));
        }
    }

    private void Succeeded(ILoopTransport by, Reach reach, int loops)
    {
        var now = time.GetUtcNow();
        if (state.RepoPath is { } path)
        {
            mirror.ReadWell(path, now);
        }

        failingSince = null;
        var (loop, fault) = loopFaults.FirstOrDefault();
        // While the service is not used, why it is not stays shown.
        var isInstead = reach == Reach.Pull && settings.Service is not null;
        // Of a sprite that answers, and of which no loop can be read, nothing is known: health says so, the way is used on.
        var isEmpty = loops > 0 && loopFaults.Count == loops;
        state = state with
        {
            Reach = reach,
            By = by.Word,
            GoodAt = now,
            LoopFault = loop is null ? null : $"loop {loop}: {fault}",
            Fault = isEmpty ? $"loop {loop}: {fault}" : isInstead ? state.Fault : null,
            FaultSince = isEmpty ? state.FaultSince ?? now : isInstead ? state.FaultSince : null,
            FailureCode = isEmpty ? FailureCodes.SnapshotUnavailable : null,
            FailureStreak = isEmpty ? state.FailureStreak + 1 : 0,
        };
    }

    private void Failed(ContractException fault)
    {
        var now = time.GetUtcNow();
        failingSince ??= now;
        state = state with
        {
            // A way without a service that fails for so long is none any more.
            Reach = state.Reach is Reach.Pull or Reach.Unknown && (settings.Service is null || state.Reach == Reach.Pull) && now - failingSince >= options.FallBackAfter ? Reach.LastKnown : state.Reach,
            Fault = fault.Message,
            FaultSince = state.FaultSince ?? now,
            FailureCode = fault.Code,
            FailureStreak = state.FailureStreak + 1,
        };
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
                sync.Forget(gone);
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
        if (await sync.LoopAsync(by, loop, cancel).ConfigureAwait(false) is not var (snapshot, isOfOneMoment))
        {
            return;
        }

        hasCopied = true;
        var isFirst = !standing.ContainsKey(loop);
        var extras = SnapshotExtras.Of(snapshot);
        var lifecycle = extras.Assessment?.Lifecycle ?? snapshot.Run.Status;
        standing[loop] = new LoopSaid(lifecycle == Lifecycle.Running, lifecycle == Lifecycle.AwaitingApproval);
        if (isOfOneMoment && by is ServiceTransport)
        {
            said[loop] = snapshot;
        }
        else
        {
            // What is folded is not what this says, and must not be compared with it.
            said.TryRemove(loop, out _);
        }

        var now = time.GetUtcNow();
        // What was over before this session began is not news.
        var at = isFirst && IsoTime.TryParse(snapshot.Health.LastEventAt, out var last) && last < now ? last : now;
        changedAt = at > changedAt ? at : changedAt;
        state = state with { RepoPath = snapshot.Source.RepoPath, SeesDecisions = by.HandsOutFiles && extras.Files is not null };
    }
}
