using System.IO.Abstractions;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Contract.Envelopes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// A sprite: what is known of its repository is kept as a copy on this host (<see cref="Mirror"/>), and the copy is watched as any
/// other repository is. It is asked as <see cref="SpritePoller"/> says, on threads of the pool: one that does not answer delays no other.
/// </summary>
public sealed class SpriteSource : ISource, ISprite, ILogSource, IDisposable
{
    /// <summary>Between two looks at a copy, for what others write beside it.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PushedPoll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WholePoll = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Subject<Unit> copied = new();
    private readonly Subject<string> copiedLoops = new();
    private readonly LocalSource copy;
    private readonly SpritePollDriver driver;
    private readonly SpriteLogs? logs;
    private readonly HurriedLooks? looks;

    /// <param name="root">Where the copy is kept: a directory of its own.</param>
    public SpriteSource(IFileSystem files, TimeProvider time, string root, SpriteSettings settings)
    {
        (Repo, First, Service, Name) = (root, settings.First, settings.Service, settings.Name);
        // What is on the sprite is copied below this, so that it is there from the start.
        files.Directory.CreateDirectory(files.Path.Combine(root, Contract.ArtifactPaths.Loops));
        var processes = new MirrorProcesses();
        var mirror = new Mirror(files, root);
        var steady = SteadyTime.For(time);
        // The copy only changes when it is written: it is looked at rarely, for what others write beside it.
        // Of a fleet's sprite even less: of thousands each look counts, and who acts has it looked at (Wake). Nobody else writes
        // the loops' own files: between two looks at all of them, those of managers are enough.
        var isPushed = settings.First?.IsPushed == true;
        var options = FollowOptions.Default with { Poll = Poll, HoldsVanished = false, Filled = mirror.Filled };
        options = isPushed
            ? options with
            {
                Poll = PushedPoll,
                PollsTogether = true,
                WholePoll = WholePoll,
                QuietPoll = PushedPoll / 2,
                QuietAfter = TimeSpan.Zero,
                ListLoops = PushedPoll / 2,
            }
            : options;
        copy = new LocalSource(root, GuardedFiles.Open(files, root), processes, new Hints(copied, copiedLoops), options, gate);
        var sync = new SpriteSync(mirror, processes, gate, steady, settings.Options);
        driver = new SpritePollDriver(settings, mirror, sync, steady, loops => Copied(isPushed ? loops : null));
        looks = isPushed
            ? new HurriedLooks(steady, Poll, settings.Options.Hurry, () => copied.OnNext(Unit.Default))
            : null;
        logs = settings.Service is { } service ? new SpriteLogs(service, steady, () => driver.State) : null;
    }

    public string Repo { get; }

    public string Name { get; }

    public IFirstWay? First { get; }

    public SpriteHttp? Service { get; }

    /// <summary>How it is reached now.</summary>
    public SpriteState State => driver.State;

    public IRepoFiles Files => copy.Files;

    /// <summary>That it is a copy comes first: nothing may be planned on it as if it were here.</summary>
    public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) => Observable.Defer(() => copy.Observe(scheduler)
        .Merge(Polled(scheduler).ObserveOn(scheduler))
        .StartWith((IReadOnlyList<Observation>)[new SpriteSeen(scheduler.Now, Repo, driver.State)]));

    public void Wake()
    {
        driver.Wake();
        looks?.Start();
    }

    public void LookAt(string loop) => driver.LookAt(loop);

    public Task<string?> RefreshAsync(string loop, CancellationToken cancel)
    {
        // Whoever asks waits for a look at the copy too, also where nothing new has come.
        looks?.Start();
        return driver.RefreshAsync(loop, cancel);
    }

    public SnapshotEnvelope? Said(string loop) => driver.Said(loop);

    public LoopFileList Logs(string loop) => logs?.List(loop) ?? LoopFileList.Empty;

    public ITextLines? Open(string path) => logs?.Open(path);

    /// <summary>The session ends: nothing more is written to the copy.</summary>
    public void End() => driver.End();

    public void Dispose()
    {
        looks?.Dispose();
        copied.Dispose();
        copiedLoops.Dispose();
        logs?.Dispose();
    }

    /// <summary>The copy has changed: of these loops alone, or anywhere where that is null.</summary>
    private void Copied(IReadOnlyCollection<string>? loops)
    {
        if (loops is null)
        {
            copied.OnNext(Unit.Default);
            return;
        }

        foreach (var loop in loops)
        {
            copiedLoops.OnNext(loop);
        }
    }

    private IObservable<IReadOnlyList<Observation>> Polled(IScheduler scheduler) => Observable.Create<IReadOnlyList<Observation>>(
        (observer, cancel) => Task.Run(() => driver.RunAsync(observer, Repo, scheduler, cancel), cancel));

    private sealed class Hints(IObservable<Unit> changes, IObservable<string> loops) : IChangeHints
    {
        public IObservable<Unit> Changes => changes;

        public IObservable<string> LoopChanges => loops;
    }
}
