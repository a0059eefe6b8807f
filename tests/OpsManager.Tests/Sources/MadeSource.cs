using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources;
using OpsManager.Sources.Files;
using OpsManager.Sources.Replay;

namespace OpsManager.Tests.Sources;

/// <summary>A source that says what a test makes it say.</summary>
internal sealed class MadeSource(string repo) : ISource
{
    private readonly List<IObserver<IReadOnlyList<Observation>>> observers = [];

    public string Repo => repo;

    public IRepoFiles Files { get; } = new TapeFiles();

    /// <summary>How often it was observed, and how often it was left.</summary>
    public (int Begun, int Left) Uses { get; private set; }

    public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        Uses = (Uses.Begun + 1, Uses.Left);
        observers.Add(observer);
        observer.OnNext([new RepoOpened(scheduler.Now, repo)]);
        return Disposable.Create(() =>
        {
            // The observer stays known: what it is told from now on comes too late.
            Uses = (Uses.Begun, Uses.Left + 1);
        });
    });

    public void Say(params Observation[] seen)
    {
        foreach (var observer in observers)
        {
            observer.OnNext(seen);
        }
    }

    public void Break(Exception error)
    {
        foreach (var observer in observers)
        {
            observer.OnError(error);
        }
    }
}
