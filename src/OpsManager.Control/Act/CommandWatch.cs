using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources.Check;

namespace OpsManager.Control.Act;

/// <summary>
/// Looks for the runtime's command of every live repository on this host, again and again, so that a command that is installed, or
/// taken away, while a session runs is noticed (docs/control.md, "What cannot be sent"). It only looks at files and starts nothing.
/// </summary>
/// <param name="find">Finds the command for a repository; a <see cref="ContractException"/> says why there is none.</param>
public sealed class CommandWatch(Func<string, RuntimeCommand> find) : IModelCheck
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    public IObservable<IReadOnlyList<Observation>> Observe(IObservable<FleetModel> models, IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
        {
            var watch = new Watch(find, observer, scheduler);
            return new CompositeDisposable(models.Subscribe(watch.Take, observer.OnError), watch);
        });

    /// <summary>A command of this host acts on repositories that are here; a sprite has its service, a recording nothing.</summary>
    private static bool IsLooked(RepoModel repo) => repo is { Replay: null, Sprite: null };

    private sealed class Watch : IDisposable
    {
        private readonly Func<string, RuntimeCommand> find;
        private readonly IObserver<IReadOnlyList<Observation>> observer;
        private readonly IScheduler scheduler;
        private readonly SerialDisposable next = new();
        private volatile FleetModel newest = FleetModel.Empty;
        private int isDue;

        public Watch(Func<string, RuntimeCommand> find, IObserver<IReadOnlyList<Observation>> observer, IScheduler scheduler)
        {
            (this.find, this.observer, this.scheduler) = (find, observer, scheduler);
            next.Disposable = scheduler.Schedule(Every, Round);
        }

        /// <summary>A repository without a search is searched at once.</summary>
        public void Take(FleetModel fleet)
        {
            newest = fleet;
            foreach (var repo in fleet.Repos.Values)
            {
                if (repo.Command is null && IsLooked(repo) && Interlocked.Exchange(ref isDue, 1) == 0)
                {
                    next.Disposable = scheduler.Schedule(Round);
                    return;
                }
            }
        }

        public void Dispose() => next.Dispose();

        private void Round()
        {
            var fleet = newest;
            List<Observation> found = [];
            foreach (var repo in fleet.Repos.Values.Where(IsLooked))
            {
                var search = Search(repo.Path);
                if (search != repo.Command)
                {
                    found.Add(new CommandSeen(scheduler.Now, repo.Path, search));
                }
            }

            if (found.Count > 0)
            {
                observer.OnNext(found);
            }

            next.Disposable = scheduler.Schedule(Every, Round);
            // A repository that comes from here on is another one.
            Volatile.Write(ref isDue, 0);
        }

        private CommandSearch Search(string repo)
        {
            try
            {
                return CommandSearch.Found(find(repo));
            }
            catch (ContractException error)
            {
                return CommandSearch.None(error.Message);
            }
        }
    }
}
