using System.IO.Abstractions;
using OpsManager.Contract.Fleet;
using OpsManager.Service.Act;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Service.Watch;
using OpsManager.Sources.Nats;

namespace OpsManager.Service.Publish;

/// <summary>
/// Publishes the loops of a repository to the message bus (docs/fleet.md). It sleeps until the host says that a file has changed; a
/// glance at the files now and then finds what the host did not say.
/// </summary>
internal sealed class FleetPublisher : IAsyncDisposable
{
    /// <summary>Loops that are published at a time.</summary>
    private const int MaxAtOnce = 16;

    /// <summary>Between two glances while a run is at work, and while none is.</summary>
    private static readonly TimeSpan ActivePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5);

    /// <summary>Between two glances that hints ask for. They come in bursts.</summary>
    private static readonly TimeSpan HintDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>A repository with very many loops is glanced at less often: glances take a fifth of the time at most.</summary>
    private const int RestFactor = 4;

    /// <summary>Attempts of one that does not wait for a server to come back, and how long it waits for the first connection.</summary>
    private const int MaxAttempts = 8;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);

    private readonly PublishOptions options;
    private readonly PublishWorld world;
    private readonly LoopWatchers watchers;
    private readonly TimeProvider time;
    private readonly FleetBus bus;
    private readonly TroubleNotes notes;
    private readonly PublishedLoops loops;
    private readonly ControlResponder? responder;
    private readonly SemaphoreSlim slots = new(MaxAtOnce, MaxAtOnce);

    /// <param name="watchers">Of the repository; the caller's.</param>
    /// <param name="log">Gets what an operator should know.</param>
    /// <param name="requests">Carries out controls, where they are accepted.</param>
    public FleetPublisher(
        PublishOptions options, LoopWatchers watchers, IFileSystem fileSystem, TimeProvider time, Func<string> newId, AccessLog log,
        ControlRequests requests)
    {
        (this.options, this.watchers, this.time) = (options, watchers, time);
        notes = new TroubleNotes(log.Tell);
        bus = new FleetBus(options.Server, $"ops-manager publish {options.Sprite}", time, notes);
        world = new PublishWorld(
            fileSystem, watchers.Files, time, newId, bus, notes, Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()));
        loops = new PublishedLoops(options, world, watchers);
        responder = options.AcceptControl
            ? new ControlResponder(
                bus, FleetSubject.Control(options.Sprite).Text(options.Server.Prefix), requests, loops.HasConflict, time, newId, log)
            : null;
    }

    /// <summary>Glances at the whole repository so far.</summary>
    public long Glances { get; private set; }

    /// <summary>Publishes until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll(WatchAsync(cancel), responder?.RunAsync(cancel) ?? Task.CompletedTask);

    private async Task WatchAsync(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var (hint, began) = (watchers.Signal.Next, time.GetTimestamp());
                foreach (var loop in Due())
                {
                    // It has ended; what nobody expected ends the publisher.
                    await loop.Running.ConfigureAwait(false);
                    loop.Begin(time.GetTimestamp(), () => PublishAsync(loop, mayWait: true, cancel));
                }

                Glances++;
                await RestAsync(hint, time.GetElapsedTime(began), cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            await loops.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Publishes what is there.</summary>
    /// <returns>Whether all of it was.</returns>
    /// <exception cref="IOException">The server cannot be used, or does not take it.</exception>
    public async Task<bool> OnceAsync(CancellationToken cancel)
    {
        try
        {
            var all = loops.All(out var fault);
            if (fault is not null)
            {
                throw new IOException(fault);
            }

            await ConnectAsync(cancel).ConfigureAwait(false);
            foreach (var loop in all)
            {
                loop.Begin(time.GetTimestamp(), () => PublishAsync(loop, mayWait: false, cancel));
            }

            await Task.WhenAll(all.Select(static loop => loop.Running)).ConfigureAwait(false);
            return !cancel.IsCancellationRequested && all.All(static loop => loop.IsWhole);
        }
        catch (BusFault refused)
        {
            throw new IOException(refused.Message, refused);
        }
        finally
        {
            await loops.EndAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bus.DisposeAsync().ConfigureAwait(false);
        slots.Dispose();
    }

    /// <summary>The loops that have to be looked at now.</summary>
    private PublishedLoop[] Due()
    {
        var all = loops.All(out var fault);
        if (fault is not null)
        {
            notes.Say(options.Sprite, fault);
            return [];
        }

        notes.End(options.Sprite, "The loops can be listed again.");
        var isShared = loops.HasSharedChanged();
        return [.. all.Where(loop => loop.IsDue(isShared, time))];
    }

    /// <summary>Waits until something may have changed.</summary>
    private async Task RestAsync(Task hint, TimeSpan took, CancellationToken cancel)
    {
        var rest = took * RestFactor;
        await Task.Delay(rest > HintDelay ? rest : HintDelay, time, cancel).ConfigureAwait(false);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var poll = Task.Delay(loops.IsActive ? ActivePoll : IdlePoll, time, enough.Token);
        // What has just been published may have changed while it was.
        await Task.WhenAny([hint, poll, .. loops.Busy()]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
    }

    /// <exception cref="IOException">The server cannot be used.</exception>
    private async Task ConnectAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(ConnectWithin, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await bus.OpenAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException(
                $"{options.Server.Shown} was not connected within {ConnectWithin.TotalSeconds:0} s; nothing was published.");
        }
    }

    /// <param name="mayWait">Try again until it is taken; otherwise a refusal is thrown, and a server that is away is awaited for a
    /// while.</param>
    private async Task PublishAsync(PublishedLoop loop, bool mayWait, CancellationToken cancel)
    {
        var backoff = new Backoff(time);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await slots.WaitAsync(cancel).ConfigureAwait(false);
                try
                {
                    await loop.PublishAsync(cancel).ConfigureAwait(false);
                }
                finally
                {
                    slots.Release();
                }

                EndTrouble(loop);
                return;
            }
            catch (BusFault fault) when (mayWait || (fault.Kind == BusFaultKind.Away && backoff.Attempts < MaxAttempts))
            {
                BeginTrouble(loop, fault);
                await backoff.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void BeginTrouble(PublishedLoop loop, BusFault fault) => notes.Begin(About(loop, fault.Kind), fault.Message, loop.Name);

    private void EndTrouble(PublishedLoop loop)
    {
        // Where nothing had to be sent, that tells nothing of a server that is away, and nothing of what another loop met.
        foreach (var kind in Enum.GetValues<BusFaultKind>().Where(kind => kind != BusFaultKind.Away || bus.IsConnected))
        {
            notes.End(About(loop, kind), $"{options.Server.Shown} takes messages of loop {loop.Name} again.", loop.Name);
        }
    }

    private static string About(PublishedLoop loop, BusFaultKind kind) => kind switch
    {
        BusFaultKind.Away => FleetBus.Server,
        BusFaultKind.NoStream or BusFaultKind.Full => kind.ToString(),
        _ => $"{loop.Name} {kind}",
    };
}
