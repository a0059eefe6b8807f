using System.IO.Abstractions;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Local;

/// <summary>A repository on this host. Polling is the truth; a change hint only brings the next look forward.</summary>
/// <param name="gate">Held during a look; null where nothing else writes the files.</param>
/// <param name="tap">Sees what a look reads; null where nobody records.</param>
public sealed class LocalSource(
    string repo, IRepoFiles files, IProcessTable processes, IChangeHints hints, FollowOptions options, Lock? gate = null,
    ILookTap? tap = null) : ISource
{
    private readonly Lock still = gate ?? new Lock();
    private readonly IProcessTable processes = tap?.Processes ?? processes;
    private readonly IRepoFiles followed = tap?.Files ?? files;
    private readonly ILookTap? tap = tap;
    private readonly FollowOptions options = options;

    /// <summary>Hints come in bursts, several for one write: the look waits this long, so that one look serves the burst.</summary>
    private static readonly TimeSpan HintDelay = TimeSpan.FromMilliseconds(5);

    /// <summary>Where hints do not stop, looks are this far apart: nobody reads more than twenty pictures a second.</summary>
    private static readonly TimeSpan HintedLooks = TimeSpan.FromMilliseconds(50);

    public string Repo => repo;

    public IRepoFiles Files => files;

    /// <summary>The repository at <paramref name="root"/> with everything that this host offers.</summary>
    /// <param name="record">Makes what records the looks; null where nobody does.</param>
    public static LocalSource Open(
        IFileSystem fileSystem, string root, FollowOptions options, Func<IRepoFiles, IProcessTable, ILookTap>? record = null)
    {
        var (files, processes) = (GuardedFiles.Open(fileSystem, root), ProcTable.Open(fileSystem, root));
        return new(root, files, processes, new WatcherHints(fileSystem, root), options, tap: record?.Invoke(files, processes));
    }

    public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        observer.OnNext([new RepoOpened(scheduler.Now, repo)]);
        var watch = new Watch(this, observer, scheduler);
        return new CompositeDisposable(
            hints.Changes.Catch(Observable.Never<Unit>()).Subscribe(_ => watch.Hint(null)),
            hints.LoopChanges.Subscribe(watch.Hint),
            watch);
    });

    /// <summary>One subscription: looks, and schedules the next look.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly LocalSource source;
        private readonly IObserver<IReadOnlyList<Observation>> observer;
        private readonly IScheduler scheduler;
        private readonly SerialDisposable next = new();
        private readonly Lock gate = new();
        private RepoFollower follower;
        private DateTimeOffset hintedLookAt;
        private HashSet<string>? changed;
        private bool hinted;
        private bool hintedAll;
        private bool failed;

        public Watch(LocalSource source, IObserver<IReadOnlyList<Observation>> observer, IScheduler scheduler)
        {
            (this.source, this.observer, this.scheduler) = (source, observer, scheduler);
            follower = NewFollower();
            next.Begin(() => scheduler.Schedule(Look));
        }

        /// <param name="loop">The loop that has changed; null where it may be any.</param>
        public void Hint(string? loop)
        {
            lock (gate)
            {
                if (loop is null)
                {
                    hintedAll = true;
                }
                else
                {
                    (changed ??= new HashSet<string>(StringComparer.Ordinal)).Add(loop);
                }

                if (!hinted)
                {
                    hinted = true;
                    next.Disposable = scheduler.Schedule(UntilHintedLook(), Look);
                }
            }
        }

        public void Dispose() => next.Dispose();

        private TimeSpan UntilHintedLook()
        {
            var gap = hintedLookAt + HintedLooks - scheduler.Now;
            return gap > HintDelay && gap <= HintedLooks ? gap : HintDelay;
        }

        private TimeSpan UntilPoll()
        {
            var poll = source.options.Poll;
            return source.options.PollsTogether ? poll - TimeSpan.FromTicks(scheduler.Now.UtcTicks % poll.Ticks) : poll;
        }

        private RepoFollower NewFollower() => new(source.Repo, source.followed, source.processes, source.options);

        private void Look()
        {
            bool always;
            HashSet<string>? loops;
            lock (gate)
            {
                hintedLookAt = hinted ? scheduler.Now : hintedLookAt;
                (always, loops, hintedAll, changed, hinted) = (hintedAll, changed, false, null, false);
            }

            var seen = LookOrFail(always, loops);
            if (seen.Count > 0)
            {
                observer.OnNext(seen);
            }

            lock (gate)
            {
                next.Disposable = scheduler.Schedule(
                    hinted ? UntilHintedLook() : follower.HasMore ? TimeSpan.Zero : UntilPoll(), Look);
            }
        }

        private IReadOnlyList<Observation> LookOrFail(bool always, IReadOnlySet<string>? loops)
        {
            try
            {
                IReadOnlyList<Observation> seen;
                lock (source.still)
                {
                    var now = scheduler.Now;
                    seen = follower.Look(now, always, loops);
                    source.tap?.EndLook(now);
                }

                if (failed && seen.Count > 0)
                {
                    failed = false;
                    return [new SourceRecovered(scheduler.Now, source.Repo), .. seen];
                }

                return seen;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Nothing that a file does may end the screen: the failure is shown, and the next look starts from nothing.
                failed = true;
                follower = NewFollower();
                return [new SourceFailed(scheduler.Now, source.Repo, error.Message)];
            }
        }
    }
}
