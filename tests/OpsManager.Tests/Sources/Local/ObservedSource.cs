using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Subjects;
using System.Text;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;

namespace OpsManager.Tests.Sources.Local;

/// <summary>A source that watches files in memory, on virtual time and with hints that the test gives.</summary>
internal sealed class ObservedSource : IChangeHints, IDisposable
{
    private readonly HistoricalScheduler scheduler = new(WatchedRepo.Start);
    private readonly TapeFiles tape = new();
    private readonly TapeProcesses processes = new();
    private readonly Subject<Unit> hints = new();
    private readonly LocalSource source;
    private IDisposable? subscription;

    public ObservedSource()
    {
        Files = new WatchedFiles(tape);
        source = new LocalSource(WatchedRepo.Path, Files, processes, this, FollowOptions.Default);
    }

    public WatchedFiles Files { get; }

    public List<IReadOnlyList<Observation>> Batches { get; } = [];

    public IEnumerable<Observation> Said => Batches.SelectMany(static batch => batch);

    public bool HasEnded { get; private set; }

    public IObservable<Unit> Changes => hints;

    /// <param name="on">Null is the virtual time of this source.</param>
    public void Observe(IScheduler? on = null) =>
        subscription = source.Observe(on ?? scheduler).Subscribe(Batches.Add, _ => HasEnded = true, () => HasEnded = true);

    public DateTimeOffset Now => scheduler.Now;

    public void Pass(double milliseconds) => scheduler.AdvanceBy(TimeSpan.FromMilliseconds(milliseconds));

    public void Append(string path, string text) =>
        tape.Apply(new TapeAppend(default, 0, path, Encoding.UTF8.GetBytes(text)), scheduler.Now);

    public void Put(string path, string text) => tape.Apply(new TapePut(default, 0, path, Encoding.UTF8.GetBytes(text)), scheduler.Now);

    public void Hint() => hints.OnNext(Unit.Default);

    public void BreakHints() => hints.OnError(new InvalidOperationException("no watcher left"));

    public void Stop() => subscription?.Dispose();

    public void Dispose()
    {
        Stop();
        hints.Dispose();
    }
}
