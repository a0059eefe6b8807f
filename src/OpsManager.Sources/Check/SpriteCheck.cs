using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Contract.Envelopes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;

namespace OpsManager.Sources.Check;

/// <summary>
/// Compares what is folded from the copies of sprites with what their services said last. It sends nothing: a copy and what was said
/// with it are of one moment (docs/rollout.md).
/// </summary>
/// <param name="every">Between two rounds.</param>
/// <param name="catchUp">What is folded may be this much behind the copy.</param>
public sealed class SpriteCheck(IReadOnlyList<ISource> sources, TimeSpan every, TimeSpan catchUp) : IModelCheck
{
    /// <summary>What was found of one loop.</summary>
    /// <param name="Agreed">What was reported when it agreed; null while it differs.</param>
    /// <param name="With">The loop that it agreed with; null while it differs.</param>
    private readonly record struct Standing(SnapshotEnvelope? Agreed, LoopModel? With, DateTimeOffset? DifferingSince);

    public IObservable<IReadOnlyList<Observation>> Observe(IObservable<FleetModel> models, IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        var newest = FleetModel.Empty;
        var standing = new Dictionary<(string Repo, string Loop), Standing>();
        return new CompositeDisposable(
            models.Subscribe(fleet => Volatile.Write(ref newest, fleet), observer.OnError),
            scheduler.SchedulePeriodic(every, () =>
            {
                var found = Round(Volatile.Read(ref newest), standing, scheduler.Now);
                if (found.Count > 0)
                {
                    observer.OnNext(found);
                }
            }));
    });

    private List<Observation> Round(FleetModel fleet, Dictionary<(string Repo, string Loop), Standing> standing, DateTimeOffset now)
    {
        var found = new List<Observation>();
        foreach (var sprite in sources.OfType<ISprite>())
        {
            if (fleet.Repos.TryGetValue(sprite.Repo, out var repo)
                && repo is { Failure: null, Sprite: { ConnectionMode: ConnectionMode.Service, FailureCode: null } })
            {
                found.AddRange(
                    repo.Loops.Values.Where(IsComparable).Select(loop => Compared(sprite, loop, standing, now)).OfType<Observation>());
            }
        }

        return found;
    }

    /// <summary>What there is to tell of a loop: agreement once for each thing that was said, a difference again and again.</summary>
    private ParityChecked? Compared(
        ISprite sprite, LoopModel loop, Dictionary<(string Repo, string Loop), Standing> standing, DateTimeOffset now)
    {
        if (sprite.Said(loop.Id) is not { } said)
        {
            return null;
        }

        var key = (loop.Repo, loop.Id);
        var before = standing.GetValueOrDefault(key);
        if (ReferenceEquals(before.Agreed, said) && ReferenceEquals(before.With, loop))
        {
            return null;
        }

        if (EnvelopeParity.Difference(loop, said) is not { } difference)
        {
            standing[key] = new(said, loop, null);
            return ReferenceEquals(before.Agreed, said) ? null : new ParityChecked(now, loop.Repo, loop.Id, ParityOrigin.Service, null);
        }

        var since = before.DifferingSince ?? now;
        standing[key] = new(null, null, since);
        return now - since >= catchUp ? new ParityChecked(now, loop.Repo, loop.Id, ParityOrigin.Service, difference) : null;
    }

    private static bool IsComparable(LoopModel loop) =>
        loop is { Exists: true, IsCounted: true, EventsCondition: ArtifactCondition.Present };
}
