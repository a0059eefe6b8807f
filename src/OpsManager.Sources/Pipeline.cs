using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;

namespace OpsManager.Sources;

/// <summary>Merges sources on one scheduler and folds what they see into models. Cold: each subscription watches from the start.</summary>
public static class Pipeline
{
    /// <summary>A model after every batch. Never ends and never errors: a source that breaks is shown as failed.</summary>
    /// <param name="sources">Watched as they are at subscription; a <see cref="SourceSet"/> as it changes.</param>
    public static IObservable<FleetModel> Models(IReadOnlyList<ISource> sources, Reducer reducer, IScheduler scheduler) =>
        Fold(Seen(sources, scheduler), reducer, scheduler);

    /// <summary>
    /// The same with what comes from elsewhere than the sources, at a pace: where batches come faster, the newest model stands for them.
    /// </summary>
    /// <param name="sources">Watched as they are at subscription; a <see cref="SourceSet"/> as it changes.</param>
    /// <param name="switches">What the operator has set for all sources.</param>
    /// <param name="check">Looks at the models, beside them, and finds something more to observe.</param>
    public static IObservable<FleetModel> Models(
        IReadOnlyList<ISource> sources,
        Reducer reducer,
        IScheduler scheduler,
        IObservable<IReadOnlyList<Observation>> switches,
        Func<IObservable<FleetModel>, IObservable<IReadOnlyList<Observation>>> check) => Observable.Create<FleetModel>(observer =>
    {
        var found = new Subject<IReadOnlyList<Observation>>();
        // The switches come first, so that nothing is folded that should not be.
        var models = Fold(switches.Merge(Seen(sources, scheduler)).Merge(found.ObserveOn(scheduler)), reducer, scheduler)
            .Paced(scheduler)
            .Publish();
        return new CompositeDisposable(
            models.Subscribe(observer), check(models).Subscribe(found.OnNext, observer.OnError), models.Connect(), found);
    });

    private static IObservable<IReadOnlyList<Observation>> Seen(IReadOnlyList<ISource> sources, IScheduler scheduler) =>
        SourceMerge.Create(sources as SourceSet ?? new SourceSet(sources), scheduler);

    private static IObservable<FleetModel> Fold(IObservable<IReadOnlyList<Observation>> seen, Reducer reducer, IScheduler scheduler) =>
        (scheduler is ThreadScheduler { Clock: var clock } ? WithShifts(seen, clock) : seen).Scan(FleetModel.Empty, reducer.Reduce);

    /// <summary>Shifts of the clock come before what was seen after them.</summary>
    private static IObservable<IReadOnlyList<Observation>> WithShifts(IObservable<IReadOnlyList<Observation>> seen, SteadyTime clock) =>
        Observable.Defer(() =>
        {
            var told = ClockShifts.None;
            return seen.Select(batch =>
            {
                var now = clock.Shifts;
                if (ReferenceEquals(now, told))
                {
                    return batch;
                }

                told = now;
                return (IReadOnlyList<Observation>)[new ClockShifted(clock.GetUtcNow(), now), .. batch];
            });
        });
}
