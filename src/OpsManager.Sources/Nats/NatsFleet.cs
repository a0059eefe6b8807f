using System.Collections.Concurrent;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;

namespace OpsManager.Sources.Nats;

/// <summary>
/// Every sprite of a stream, over one connection (docs/fleet.md). It opens on the last snapshot of each loop and follows from there. No
/// sprite is asked. While the server cannot be used, that is said of every sprite, and what was read stays.
/// </summary>
public sealed class NatsFleet : IDisposable
{
    /// <summary>Sprites of one stream that are known.</summary>
    private const int MaxSprites = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks whether the stream still answers: a server that hangs sends nothing, as a quiet fleet does.</summary>
    private static readonly TimeSpan Check = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly NatsSettings settings;
    private readonly TimeProvider time;
    private readonly SpriteOptions options;
    private readonly NatsConnection connection;
    private readonly ConcurrentDictionary<string, NatsSprite> sprites = new(StringComparer.Ordinal);
    private readonly FleetIntake intake;
    private readonly Backoff backoff;
    private readonly CancellationTokenSource end = new();
    private readonly StreamHealth health;
    private readonly KnownStream? before;
    private readonly Task running;
    private TaskCompletionSource lost = new();

    private NatsFleet(NatsSettings settings, TimeProvider time, SpriteOptions options, KnownStream? before)
    {
        (this.settings, this.time, this.options, this.before) = (settings, time, options, before);
        health = new StreamHealth(time);
        connection = NatsClient.Create(settings, "ops-manager");
        connection.ConnectionDisconnected += (_, _) =>
        {
            Fail($"the connection to {settings.Shown} was lost");
            Volatile.Read(ref lost).TrySetResult();
            return ValueTask.CompletedTask;
        };
        Reader = new StreamReader(connection, settings, this.time, Patience);
        backoff = new Backoff(this.time);
        intake = new FleetIntake(Find, Reader, settings.Prefix);
        running = Task.Run(() => RunAsync(end.Token));
    }

    internal StreamReader Reader { get; }

    /// <summary>The connection, for a request to a sprite's control subject.</summary>
    public INatsConnection Connection => connection;

    public NatsSettings Settings => settings;

    /// <summary>
    /// The sprites that the stream has told of, by name; until all that was there has been taken, those of an earlier session too.
    /// </summary>
    public IReadOnlyList<string> Names =>
    [
        .. sprites.Where(static sprite => sprite.Value.LastAt is not null)
            .Select(static sprite => sprite.Key)
            .Union(health.Opened.Task.IsCompleted || before is null ? [] : before.Sprites.Where(SpriteName.IsOne).Take(MaxSprites))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Ends when everything that was in the stream at the start has been taken.</summary>
    public Task Opened => health.Opened.Task;

    /// <inheritdoc cref="StreamHealth.SettledAsync"/>
    public Task SettledAsync(CancellationToken cancel) => health.SettledAsync(cancel);

    /// <summary>Why the stream cannot be read now, and since when by a clock that never goes back; null while it can.</summary>
    public string? Fault => health.Fault?.Words;

    internal DateTimeOffset? FaultSince => health.Fault?.Since;

    /// <summary>What the next session may want to know; null before all that was there has been taken, and of an empty stream.</summary>
    public KnownStream? Known => health.Opened.Task.IsCompleted && intake.Newest is { } newest ? new KnownStream(newest, Names) : null;

    /// <summary>Connects, and goes on until it is disposed.</summary>
    /// <param name="before">What an earlier session has left; null where none has.</param>
    public static NatsFleet Start(NatsSettings settings, TimeProvider time, SpriteOptions options, KnownStream? before = null) =>
        new(settings, SteadyTime.For(time), options, before);

    /// <summary>The sprite of that name, though nothing came of it yet.</summary>
    public NatsSprite Sprite(string name) => sprites.GetOrAdd(name, created => new NatsSprite(this, created, time, options));

    /// <summary>Waits a moment for what is under way, and no longer: nothing of it is written anywhere.</summary>
    public void Dispose()
    {
        end.Cancel();
        Task.WaitAny([EndAsync()], Farewell);
        end.Dispose();
    }

    private async Task EndAsync()
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await connection.ConnectAsync().AsTask().WaitAsync(Patience * 2, time, cancel).ConfigureAwait(false);
                await FollowAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NatsException or IOException or TimeoutException or OperationCanceledException
                or InvalidOperationException or System.Net.Sockets.SocketException)
            {
                Fail($"{settings.Shown}: {NatsClient.Reason(error)}");
            }

            await backoff.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Follows until one of the ways fails. Snapshots come first, for they tell from where on events are needed; those that arrive
    /// meanwhile are behind that.
    /// </summary>
    private async Task FollowAsync(CancellationToken cancel)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref lost, gone);
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await CompareAsync(cancel).ConfigureAwait(false);
        var snapshots = await ConsumerAsync(
            "*.*.snapshot", intake.LastSnapshot, ConsumerConfigDeliverPolicy.LastPerSubject, cancel).ConfigureAwait(false);
        var publishers = await ConsumerAsync(
            "*.publisher", null, ConsumerConfigDeliverPolicy.LastPerSubject, cancel).ConfigureAwait(false);
        backoff.Reset();
        if (health.Recover())
        {
            TellAll();
        }

        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] ways =
        [
            TakeAsync(new FleetConsumer(snapshots, Reader, intake.SnapshotAsync, known), round.Token),
            TakeEventsAsync(known.Task, round.Token),
            TakeAsync(new FleetConsumer(publishers, Reader, intake.PublisherAsync), round.Token),
            gone.Task,
        ];
        try
        {
            await await Task.WhenAny(ways).ConfigureAwait(false);
        }
        finally
        {
            gone.TrySetResult();
            await round.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(ways).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            intake.Interrupted();
        }
    }

    /// <param name="snapshots">Ends when all snapshots that were there have been taken.</param>
    private async Task TakeEventsAsync(Task snapshots, CancellationToken cancel)
    {
        await snapshots.WaitAsync(cancel).ConfigureAwait(false);
        var from = intake.LastEvent is { } last ? last.Sequence + 1 : await OpeningAsync(cancel).ConfigureAwait(false);
        var events = await Reader.ConsumerAsync(
            $"{settings.Prefix}.*.*.events", ConsumerConfigDeliverPolicy.ByStartSequence, from, cancel).ConfigureAwait(false);
        await TakeAsync(new FleetConsumer(events, Reader, intake.EventAsync, health.Opened), cancel).ConfigureAwait(false);
    }

    private async Task<ulong> OpeningAsync(CancellationToken cancel)
    {
        var known = before is not null && await Reader.HasAsync(before.Newest, cancel).ConfigureAwait(false) ? before.Newest.Sequence : 0;
        var needs = sprites.Values.SelectMany(static sprite => sprite.Loops).Select(static loop => loop.Value.Snapshot?.FromSequence);
        return OpeningPlace.From(needs.OfType<ulong>(), known, intake.LastSnapshot?.Sequence ?? 0);
    }

    /// <summary>
    /// A stream that was deleted and made again, or that lost its newest messages with its disk, counts from a lower number: from the last
    /// one that was taken, nothing would come. It is read from its start then, as at first.
    /// </summary>
    private async Task CompareAsync(CancellationToken cancel)
    {
        foreach (var last in (TakenMessage?[])[intake.LastEvent, intake.LastSnapshot])
        {
            if (last is not null && !await Reader.HasAsync(last, cancel).ConfigureAwait(false))
            {
                health.Restart();
                intake.Forget();
                foreach (var sprite in sprites.Values)
                {
                    sprite.Forget();
                }

                return;
            }
        }
    }

    /// <param name="last">The last message that was taken; null where none was.</param>
    /// <param name="first">Where to begin then.</param>
    private Task<INatsJSConsumer> ConsumerAsync(
        string subjects, TakenMessage? last, ConsumerConfigDeliverPolicy first, CancellationToken cancel) => Reader.ConsumerAsync(
            $"{settings.Prefix}.{subjects}", last is null ? first : ConsumerConfigDeliverPolicy.ByStartSequence,
            (last?.Sequence ?? 0) + 1, cancel);

    private async Task CheckAsync(FleetConsumer consumer, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(Check, time, cancel).ConfigureAwait(false);
            await consumer.CheckAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Takes and looks after it until one of the two fails.</summary>
    private async Task TakeAsync(FleetConsumer consumer, CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] ways = [consumer.TakeAllAsync(end.Token), CheckAsync(consumer, end.Token)];
        try
        {
            await await Task.WhenAny(ways).ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(ways).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A name becomes the name of a directory, so not every one may be one.</summary>
    private NatsSprite? Find(string name) => !SpriteName.IsOne(name) ? null
        : sprites.TryGetValue(name, out var known) ? known : sprites.Count < MaxSprites ? Sprite(name) : null;

    private void Fail(string words)
    {
        if (health.Fail(words))
        {
            TellAll();
        }
    }

    private void TellAll()
    {
        foreach (var sprite in sprites.Values)
        {
            sprite.Tell();
        }
    }
}
