using System.Collections.Concurrent;
using OpsManager.Contract;
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

    internal NatsFleet Fleet => fleet;

    /// <summary>The loops that are there, by name.</summary>
    internal IReadOnlyList<KeyValuePair<string, NatsLoop>> Loops =>
        [.. loops.Where(static loop => loop.Value.Snapshot is not null).OrderBy(static loop => loop.Key, StringComparer.Ordinal)];

    internal NatsLoop? Find(string loop) => loops.GetValueOrDefault(loop);

    public bool IsPushed => true;

    /// <summary>How reading it went, for the budget of errors.</summary>
    public ServiceReading Reading
    {
        get
        {
            lock (gate)
            {
                return new(budget.Read(time.GetUtcNow()), fleet.FaultSince, TimeSpan.Zero) { Note = Conflict };
            }
        }
    }

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

    internal void Tell() => Volatile.Read(ref changed)?.Invoke();

    internal void Took(DateTimeOffset at)
    {
        if (LastAt is not { } last || at > last)
        {
            LastAt = at;
        }
    }

    /// <summary>The loop to put something into; null where there are too many, or none can have that name.</summary>
    internal NatsLoop? Open(string loop) => loops.TryGetValue(loop, out var known) ? known
        : ArtifactPaths.IsLoopId(loop) && loops.Count < MaxLoops ? loops.GetOrAdd(loop, static _ => new NatsLoop())
        : null;
}
