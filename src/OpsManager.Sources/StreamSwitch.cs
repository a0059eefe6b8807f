using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources;

/// <summary>Switches the event streams of a session off and on: snapshots alone are used while they are off (docs/rollout.md).</summary>
public sealed class StreamSwitch(bool snapshotOnly, TimeProvider time) : IDisposable
{
    private readonly BehaviorSubject<bool> off = new(snapshotOnly);

    /// <summary>The position of the switch, and each change.</summary>
    public IObservable<IReadOnlyList<Observation>> Observations =>
        off.DistinctUntilChanged().Select(IReadOnlyList<Observation> (now) => [new StreamSwitched(time.GetUtcNow(), now)]);

    public void Set(bool snapshotOnly) => off.OnNext(snapshotOnly);

    public void Dispose() => off.Dispose();
}
