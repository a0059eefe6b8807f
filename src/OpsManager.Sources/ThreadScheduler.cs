using System.Diagnostics;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace OpsManager.Sources;

/// <summary>
/// Runs work on one thread of its own, which sleeps until the next is due. No timer and no pool thread is woken between: that is
/// most of what watching a repository costs in which nothing happens.
/// </summary>
/// <remarks>
/// Work that is due at the same time runs in the order in which it was asked for. What is left when this is disposed never
/// runs.
/// </remarks>
public sealed class ThreadScheduler : LocalScheduler, IDisposable
{
    private readonly PriorityQueue<Work, (long Due, long Order)> queue = new();
    private readonly Lock gate = new();
    private readonly AutoResetEvent changed = new(false);
    private long asked;
    private bool disposed;

    /// <param name="time">The clock that <see cref="Now"/> goes by; null for the host's.</param>
    public ThreadScheduler(string name, TimeProvider? time = null)
    {
        Clock = SteadyTime.For(time ?? TimeProvider.System);
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>What <see cref="Now"/> goes by.</summary>
    public SteadyTime Clock { get; }

    /// <summary>Steady time: what waits and ages goes on when the host's clock is set back.</summary>
    public override DateTimeOffset Now => Clock.GetUtcNow();

    public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        var work = new Work(() => action(this, state));
        var due = Stopwatch.GetTimestamp() + (long)(Scheduler.Normalize(dueTime).TotalSeconds * Stopwatch.Frequency);
        lock (gate)
        {
            if (disposed)
            {
                return Disposable.Empty;
            }

            queue.Enqueue(work, (due, asked++));
            // Its own thread looks again before it sleeps, and sleeps long enough for anything that is due later.
            if (queue.Peek() == work)
            {
                changed.Set();
            }
        }

        return work;
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            queue.Clear();
        }

        changed.Set();
    }

    private void Run()
    {
        while (Next() is var (work, wait))
        {
            if (work is null)
            {
                changed.WaitOne(wait);
            }
            else
            {
                work.Run();
            }
        }
    }

    /// <summary>The work that is due, or how long to wait for it; null at the end.</summary>
    private (Work? Work, TimeSpan Wait)? Next()
    {
        lock (gate)
        {
            while (queue.TryPeek(out var work, out var at))
            {
                var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at.Due);
                if (left > TimeSpan.Zero && !work.IsCancelled)
                {
                    // Rounded up: waiting is counted in milliseconds, and waking too early is waking twice.
                    return (null, TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue)));
                }

                queue.Dequeue();
                if (!work.IsCancelled)
                {
                    return (work, TimeSpan.Zero);
                }
            }

            return disposed ? null : (null, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Work(Func<IDisposable> run) : IDisposable
    {
        private readonly SingleAssignmentDisposable result = new();

        public bool IsCancelled => result.IsDisposed;

        public void Run() => result.Disposable = run();

        public void Dispose() => result.Dispose();
    }
}
