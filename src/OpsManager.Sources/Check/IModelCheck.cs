using System.Reactive.Concurrency;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Check;

/// <summary>Looks at models beside the pipeline and compares them with another way to the same truth.</summary>
public interface IModelCheck
{
    /// <summary>What is found, as observations; it never ends and never errors for anything that a file or a service does.</summary>
    IObservable<IReadOnlyList<Observation>> Observe(IObservable<FleetModel> models, IScheduler scheduler);
}
