using System.Reactive.Concurrency;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources;

/// <summary>
/// Where observations of one repository come from: live files, a service, a command, or a tape. The fold does not know which.
/// </summary>
public interface ISource
{
    /// <summary>The name under which the repository's observations come.</summary>
    string Repo { get; }

    /// <summary>The files behind the observations, for reading a line's text when it is drawn.</summary>
    IRepoFiles Files { get; }

    /// <summary>
    /// Batches of observations, one a look, from subscription on; each subscription watches from the start. A source that fails says so as
    /// an observation and goes on: the stream ends only when there is nothing more to come.
    /// </summary>
    IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler);
}
