using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Cli;
using OpsManager.Configuration.Recording;
using OpsManager.Contract;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;

namespace OpsManager.Session;

/// <summary>
/// Keeps the last hours of each repository that the screen watches, from what the screen reads of it. Whatever goes wrong ends the
/// recording of that repository, and nothing else.
/// </summary>
internal sealed class BlackBox : IDisposable
{
    /// <summary>How long a look waits for a slow disk; then the recording ends, so that watching goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long whoever wants to see what was written, or to leave, waits for it.</summary>
    private static readonly TimeSpan Unhurried = TimeSpan.FromSeconds(3);

    private readonly VerbContext context;
    private readonly RecordConfig config;
    private readonly SegmentStore store;
    private readonly SegmentLimits limits;
    private readonly IScheduler writes;
    private readonly Dictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly List<ISource> sources = [];

    /// <param name="root">The directory for the segments of all repositories.</param>
    /// <param name="count">How many repositories are watched.</param>
    /// <param name="writes">Where it is written: one thread.</param>
    public BlackBox(VerbContext context, RecordConfig config, string root, int count, IScheduler writes)
    {
        (this.context, this.config, this.writes) = (context, config, writes);
        store = new SegmentStore(context.Files, root);
        limits = new SegmentLimits(config.MaxBytes, count);
    }

    /// <summary>The source of a repository, recorded where that can be done.</summary>
    /// <param name="said">Gets what the operator has to know: why it is not recorded, or no longer; and whether that is a fault.</param>
    public ISource Open(string repo, Action<string, bool> said)
    {
        IDisposable? held = null;
        try
        {
            held = store.TryLock(repo);
            if (held is not null)
            {
                var source = Record(repo, held, said);
                sources.Add(source);
                return source;
            }

            said($"another ops-manager records {repo}", false);
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            held?.Dispose();
            said($"{repo} is not recorded: {error.Message}", true);
        }

        return LocalSource.Open(context.Files, repo, FollowOptions.Default);
    }

    /// <summary>Goes on recording while no screen looks, until it is disposed.</summary>
    public IDisposable KeepOn(IScheduler looks) =>
        new CompositeDisposable(sources.Select(source => source.Observe(looks).Subscribe(static _ => { }, static _ => { })));

    /// <summary>What was kept of a repository up to now, the newest recording first.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    public IReadOnlyList<RecordingEntry> Past(string repo)
    {
        var isOver = false;
        if (kept.TryGetValue(repo, out var one))
        {
            Within(one.Recorder.Flushed());
            isOver = one.Recorder.IsOver;
        }

        // What happened after its end is not known.
        return KeptRecording.Find(context.Files, store, repo, isOver ? null : context.Time.GetUtcNow());
    }

    public void Dispose()
    {
        foreach (var one in kept.Values)
        {
            one.Recorder.Stop(new RecordingEnd("the screen was closed"));
            Within(one.Recorder.Ended.Select(static _ => Unit.Default));
            one.Dispose();
        }
    }

    private static void Within(IObservable<Unit> done) =>
        done.Timeout(Unhurried).Catch(static (TimeoutException _) => Observable.Return(Unit.Default)).Wait();

    private LocalSource Record(string repo, IDisposable held, Action<string, bool> said)
    {
        RepoTap? tap = null;
        // A log is read from its start on: its end would have to be read once more for the recording.
        var source = LocalSource.Open(
            context.Files, repo, FollowOptions.Default with { TailFirstBytes = long.MaxValue },
            (files, processes) => tap = new RepoTap(files, processes));
        var request = new RecordRequest(repo, store.DirectoryOf(repo));
        var options = RepoRecorder.Options(context, request, config.Redact, tap!.Processes.IsObservable);
        var tape = new SegmentedTape(context.Files, store, options, limits, writes.Now);
        var recorder = new TapeRecorder(tap.Looks, tape, writes, Patience);
        var ended = recorder.Ended.Where(static end => end.IsFault)
            .Subscribe(end => said($"{repo} is no longer recorded: {end.Text}. Watching goes on", true));
        kept.Add(repo, new Kept(tap, recorder, new CompositeDisposable(ended, recorder, tap, held)));
        return source;
    }

    private sealed record Kept(RepoTap Tap, TapeRecorder Recorder, IDisposable All) : IDisposable
    {
        public void Dispose() => All.Dispose();
    }
}
