using System.Collections.Concurrent;
using System.Globalization;
using NATS.Client.Core;
using OpsManager.Contract;
using OpsManager.Contract.Fleet;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;

namespace OpsManager.Sources.Nats;

/// <summary>One sprite of the fleet, as its messages tell of it. It is never asked itself. Safe for several threads.</summary>
public sealed class NatsSprite : IFirstWay
{
    /// <summary>Loops of one sprite that are known: more are not taken from the stream.</summary>
    private const int MaxLoops = 1000;

    private readonly NatsFleet fleet;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, NatsLoop> loops = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private ErrorBudget budget;
    private Action? changed;

    internal NatsSprite(NatsFleet fleet, string name, TimeProvider time, SpriteOptions options)
    {
        (this.fleet, Name, this.time) = (fleet, name, time);
        budget = new ErrorBudget(options.Objective, options.BudgetWindow, options.BudgetLeast);
    }

    public string Name { get; }

    /// <summary>Another publisher under the same name, in words; null where there is none.</summary>
    internal string? Conflict { get; set; }

    /// <summary>When the server took the newest message of it; null where it has none.</summary>
    internal DateTimeOffset? LastAt { get; private set; }

    public NatsFleet Fleet => fleet;

    /// <summary>The loops that are there, by name.</summary>
    internal IReadOnlyList<KeyValuePair<string, NatsLoop>> Loops =>
        [.. loops.Where(static loop => loop.Value.Snapshot is not null).OrderBy(static loop => loop.Key, StringComparer.Ordinal)];

    internal NatsLoop? Find(string loop) => loops.GetValueOrDefault(loop);

    public bool IsPushed => true;

    /// <summary>How reading it went.</summary>
    public BudgetReading Budget
    {
        get
        {
            lock (gate)
            {
                return budget.Read(time.GetUtcNow());
            }
        }
    }

    /// <summary>Since when the stream cannot be read.</summary>
    public DateTimeOffset? OpenSince => fleet.FaultSince;

    /// <summary>It is not asked.</summary>
    public TimeSpan KeptAwake => TimeSpan.Zero;

    public string? Note => Conflict ?? OtherRepository();

    internal void Count(bool isGood)
    {
        lock (gate)
        {
            budget.Count(time.GetUtcNow(), isGood);
        }
    }

    public ILoopTransport Open(bool isProbing) => new NatsTransport(this);

    /// <summary>It was not asked, and so nothing kept it awake.</summary>
    public void Slept()
    {
    }

    public void Forgive()
    {
        lock (gate)
        {
            budget.Reset();
        }
    }

    /// <summary>Has somebody told whenever something of it has come, or the server is lost or back. One listener at a time.</summary>
    public void Listen(Action? listener) => Volatile.Write(ref changed, listener);

    /// <summary>Asks whoever publishes the sprite to carry out a control; once.</summary>
    /// <param name="body">The same as that of <c>POST /ops/control</c>.</param>
    public async Task<ControlReply> RequestControlAsync(ReadOnlyMemory<byte> body, TimeSpan patience, CancellationToken cancel)
    {
        var subject = FleetSubject.Control(Name).Text(fleet.Settings.Prefix);
        if (fleet.Fault is { } lost)
        {
            return new(0, default, $"nothing was sent: {lost}", IsSent: false);
        }

        // While the connection is made again the library holds a request back: it would be sent whenever that succeeds.
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var answer = await fleet.Connection.RequestAsync<ReadOnlyMemory<byte>, byte[]>(
                subject, body,
                requestSerializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, replySerializer: NatsRawSerializer<byte[]>.Default,
                replyOpts: new NatsSubOpts { Timeout = patience }, cancellationToken: end.Token).ConfigureAwait(false);
            answer.EnsureSuccess();
            return Reply(answer);
        }
        catch (NatsNoRespondersException)
        {
            return new(
                0, default, $"nobody answers on {subject}, so nothing was sent: controls need \"publish --accept-control\" in the sprite",
                IsSent: false);
        }
        catch (Exception error) when (error is NatsException or IOException or TimeoutException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var why = error is OperationCanceledException ? new TimeoutException() : error;
            return new(0, default, $"no answer on {subject}: {NatsClient.Reason(why)}", IsSent: true);
        }
    }

    /// <summary>Loops of another repository under the same name: their shared files would be taken for each other's.</summary>
    private string? OtherRepository()
    {
        string[] paths =
        [
            .. loops.Values.Where(static loop => loop.Snapshot is not null).Select(static loop => loop.RepoPath).OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        return paths is [var one, var other, ..]
            ? $"two repositories are published under this name: {one} and {other}; give one of them another name (publish --sprite)"
            : null;
    }

    private static ControlReply Reply(NatsMsg<byte[]> answer)
    {
        var body = answer.Data ?? [];
        var status = answer.Headers is { } headers
            && headers.TryGetLastValue(FleetHeaders.Status, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 502;
        return new(status, body, new SpriteAnswer(status, null, null, body).Fault?.Message, IsSent: true);
    }

    internal void Tell() => Volatile.Read(ref changed)?.Invoke();

    internal void Took(DateTimeOffset at)
    {
        if (LastAt is not { } last || at > last)
        {
            LastAt = at;
        }
    }

    /// <summary>The stream is another one than that which was read.</summary>
    internal void Forget()
    {
        Conflict = null;
        foreach (var loop in loops.Values)
        {
            loop.Forget();
        }
    }

    /// <summary>The loop to put something into; null where there are too many, or none can have that name.</summary>
    internal NatsLoop? Open(string loop) => loops.TryGetValue(loop, out var known) ? known
        : ArtifactPaths.IsLoopId(loop) && loops.Count < MaxLoops ? loops.GetOrAdd(loop, _ => new NatsLoop(fleet.Room))
        : null;
}
