using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace OpsManager.Sources.Replay;

/// <summary>Plays recordings on a scheduler: reads them in slices, moves with time, and carries out commands.</summary>
public sealed class ReplayPlayer : IReplay
{
    private readonly IReadOnlyList<RecordingEntry> recordings;
    private readonly ReplayOptions options;
    private readonly ReplaySource[] sources;
    private readonly Subject<ReplayCommand> commands = new();

    /// <param name="recordings">At least one; their names differ.</param>
    public ReplayPlayer(IReadOnlyList<RecordingEntry> recordings, ReplayOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfZero(recordings.Count);
        (this.recordings, this.options) = (recordings, options);
        Recordings = [.. recordings.Select(static one => one.Info)];
        sources = [.. recordings.Select(static one => new ReplaySource(one.Info.Name))];
    }

    public IReadOnlyList<RecordingInfo> Recordings { get; }

    public IReadOnlyList<ISource> Sources => sources;

    public IObservable<ReplayFrame> Observe(IScheduler scheduler) => Observable.Create<ReplayFrame>(observer =>
    {
        var run = new ReplayRun(recordings, sources, options, scheduler, observer);
        return new CompositeDisposable(commands.ObserveOn(scheduler).Subscribe(run.Do), run);
    });

    public void Do(ReplayCommand command) => commands.OnNext(command);

    public void Dispose() => commands.Dispose();
}
