using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources;

/// <summary>
/// What the sources of a set see, in one stream, while the set changes: a source that is added is observed, one that is gone is
/// left, and <see cref="RepoClosed"/> follows everything of it. The others are not disturbed. Never ends and never errors.
/// </summary>
internal sealed class SourceMerge : IDisposable
{
    private readonly IObserver<IReadOnlyList<Observation>> observer;
    private readonly IScheduler scheduler;
    private readonly Dictionary<ISource, IDisposable> watched = new(ReferenceEqualityComparer.Instance);
    private readonly CompositeDisposable subscriptions = [];

    /// <summary>Held while anything is told, so that nothing of a source comes behind its end.</summary>
    private readonly Lock gate = new();
    private bool isDisposed;

    private SourceMerge(IObserver<IReadOnlyList<Observation>> observer, IScheduler scheduler) =>
        (this.observer, this.scheduler) = (observer, scheduler);

    public static IObservable<IReadOnlyList<Observation>> Create(SourceSet sources, IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        var merge = new SourceMerge(observer, scheduler);
        var begun = sources.Now;
        merge.Take(begun);
        // A change may come on any thread; sources begin and end where they look.
        merge.subscriptions.Add(sources.Contents.SkipWhile(now => now == begun).ObserveOn(scheduler).Subscribe(merge.Take));
        return merge;
    });

    public void Dispose()
    {
        subscriptions.Dispose();
        IDisposable[] ended;
        lock (gate)
        {
            isDisposed = true;
            ended = [.. watched.Values];
            watched.Clear();
        }

        foreach (var one in ended)
        {
            one.Dispose();
        }
    }

    private void Take(ImmutableArray<ISource> now)
    {
        var wanted = new HashSet<ISource>(now, ReferenceEqualityComparer.Instance);
        ISource[] gone;
        lock (gate)
        {
            gone = [.. watched.Keys.Where(source => !wanted.Contains(source))];
        }

        // First what ends: another source of the same repository begins where the one before has been closed.
        foreach (var source in gone)
        {
            Leave(source);
        }

        foreach (var source in now)
        {
            Begin(source);
        }
    }

    private void Begin(ISource source)
    {
        var subscription = new SingleAssignmentDisposable();
        lock (gate)
        {
            if (isDisposed || !watched.TryAdd(source, subscription))
            {
                return;
            }
        }

        subscription.Disposable = source.Observe(scheduler)
            .Catch((Exception error) =>
                Observable.Return<IReadOnlyList<Observation>>([new SourceFailed(scheduler.Now, source.Repo, error.Message)]))
            .Subscribe(seen => Tell(source, seen));
    }

    private void Leave(ISource source)
    {
        IDisposable? subscription;
        lock (gate)
        {
            if (!watched.Remove(source, out subscription))
            {
                return;
            }

            observer.OnNext([new RepoClosed(scheduler.Now, source.Repo)]);
        }

        subscription.Dispose();
    }

    private void Tell(ISource source, IReadOnlyList<Observation> seen)
    {
        lock (gate)
        {
            // What was under way when its source was left comes too late.
            if (watched.ContainsKey(source))
            {
                observer.OnNext(seen);
            }
        }
    }
}
