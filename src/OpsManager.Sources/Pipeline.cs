using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;

namespace OpsManager.Sources;

/// <summary>Merges sources on one scheduler and folds what they see into models. Cold: each subscription watches anew.</summary>
public static class Pipeline
{
    /// <summary>A model after every batch. Never ends and never errors: a source that breaks is shown as failed.</summary>
    public static IObservable<FleetModel> Models(IReadOnlyList<ISource> sources, Reducer reducer, IScheduler scheduler) =>
        sources
            .Select(source => source.Observe(scheduler).Catch((Exception error) =>
                Observable.Return<IReadOnlyList<Observation>>([new SourceFailed(scheduler.Now, source.Repo, error.Message)])))
            .Merge()
            .Concat(Observable.Never<IReadOnlyList<Observation>>())
            .Scan(FleetModel.Empty, reducer.Reduce);
}
