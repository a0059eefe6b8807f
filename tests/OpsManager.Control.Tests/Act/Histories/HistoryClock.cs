using System.Reactive.Concurrency;
using Microsoft.Extensions.Time.Testing;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>The time of a history, for everything in it. It passes only when the history says so, in small steps, on one thread.</summary>
internal sealed class HistoryClock
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private static readonly DateTimeOffset Start = new(2026, 11, 29, 9, 12, 3, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Start);
    private readonly HistoricalScheduler scheduler = new(Start);
    private readonly PriorityQueue<Action, (DateTimeOffset, int)> due = new();
    private int number;

    public TimeProvider Time => time;

    public IScheduler Scheduler => scheduler;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Something of the world happens then, whoever is killed meanwhile.</summary>
    public void After(int ms, Action what) => due.Enqueue(what, (Now + TimeSpan.FromMilliseconds(ms), number++));

    /// <summary>A moment passes: first the world moves, then waits end, then the watches look.</summary>
    public void Pass()
    {
        time.Advance(Tick);
        while (due.TryPeek(out var what, out var at) && at.Item1 <= Now)
        {
            due.Dequeue();
            what();
        }

        scheduler.AdvanceTo(Now);
    }
}
