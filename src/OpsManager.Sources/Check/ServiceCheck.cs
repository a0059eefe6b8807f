using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources.Sprite;

namespace OpsManager.Sources.Check;

/// <summary>
/// Compares what is folded from the files with what the sprite's service says of the same loops. A service that cannot be asked says
/// nothing, and that is no difference.
/// </summary>
/// <param name="repo">The repository that the service speaks of.</param>
/// <param name="every">Between two rounds: each request keeps a sprite awake.</param>
public sealed class ServiceCheck(string repo, ILoopTransport service, TimeProvider time, TimeSpan every) : IModelCheck
{
    /// <summary>Files and service may be read at two moments of one change: a difference counts when it outlasts that.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(1500);

    public IObservable<IReadOnlyList<Observation>> Observe(IObservable<FleetModel> models, IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(async (observer, cancel) =>
    {
        var newest = FleetModel.Empty;
        using var following = models.Subscribe(fleet => Volatile.Write(ref newest, fleet));
        while (!cancel.IsCancellationRequested)
        {
            foreach (var loop in Comparable(Volatile.Read(ref newest)))
            {
                var (asked, difference) = await CompareAsync(loop.Id, () => Volatile.Read(ref newest), cancel).ConfigureAwait(false);
                if (difference is not null)
                {
                    await Task.Delay(CatchUp, time, cancel).ConfigureAwait(false);
                    (asked, difference) = await CompareAsync(loop.Id, () => Volatile.Read(ref newest), cancel).ConfigureAwait(false);
                }

                if (asked)
                {
                    observer.OnNext([new ParityChecked(scheduler.Now, repo, loop.Id, ParityOrigin.Service, difference)]);
                }
            }

            await Task.Delay(every, time, cancel).ConfigureAwait(false);
        }
    });

    /// <summary>Asks, and compares the answer with the model that is newest then.</summary>
    private async Task<(bool Asked, string? Difference)> CompareAsync(string loop, Func<FleetModel> newest, CancellationToken cancel) =>
        await AskAsync(loop, cancel).ConfigureAwait(false) is { } said
            ? (true, newest().Loop(repo, loop) is { } folded ? EnvelopeParity.Difference(folded, said) : null)
            : (false, null);

    private IEnumerable<LoopModel> Comparable(FleetModel fleet) =>
        fleet.Repos.TryGetValue(repo, out var known) && known is { Replay: null, Failure: null }
        ? known.Loops.Values.Where(static loop => loop is { Exists: true, IsCounted: true, EventsCondition: ArtifactCondition.Present })
        : [];

    private async Task<SnapshotEnvelope?> AskAsync(string loop, CancellationToken cancel)
    {
        try
        {
            return (await service.SnapshotAsync(loop, null, cancel).ConfigureAwait(false)).Snapshot;
        }
        catch (ContractException)
        {
            // Not reached, refused, or no snapshot: nothing was said that could be compared.
            return null;
        }
    }
}
