using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Check;

/// <summary>
/// Compares every live loop, one after the other and beside the pipeline, with its artifacts read again. What it finds is an
/// observation like any other; what follows from it is for the fold (docs/rollout.md).
/// </summary>
/// <param name="folding">The fold that makes the models.</param>
/// <param name="reading">The fold that the readings are folded with.</param>
public sealed class ScratchCheck(
    IReadOnlyList<ISource> sources, Reducer folding, Reducer reading, TimeProvider time, CheckOptions options) : IModelCheck
{
    private readonly IReadOnlyList<ISource> sources = sources;
    private readonly Reducer folding = folding;
    private readonly Reducer reading = reading;
    private readonly TimeProvider time = time;
    private readonly CheckOptions options = options;

    /// <summary>Between two checks at least.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public IObservable<IReadOnlyList<Observation>> Observe(IObservable<FleetModel> models, IScheduler scheduler) =>
        Observable.Create<IReadOnlyList<Observation>>(observer =>
    {
        var watch = new Watch(this, observer, scheduler);
        return new CompositeDisposable(models.Subscribe(watch.Take, observer.OnError), watch);
    });

    private sealed class Watch : IDisposable
    {
        private readonly ScratchCheck check;
        private readonly IObserver<IReadOnlyList<Observation>> observer;
        private readonly IScheduler scheduler;
        private readonly SerialDisposable next = new();

        /// <summary>When each loop was checked last.</summary>
        private readonly Dictionary<(string Repo, string Loop), DateTimeOffset> checkedAt = [];
        private volatile FleetModel newest = FleetModel.Empty;

        public Watch(ScratchCheck check, IObserver<IReadOnlyList<Observation>> observer, IScheduler scheduler)
        {
            (this.check, this.observer, this.scheduler) = (check, observer, scheduler);
            next.Begin(() => scheduler.Schedule(check.options.Idle, Step));
        }

        public void Take(FleetModel fleet) => newest = fleet;

        public void Dispose() => next.Dispose();

        private void Step()
        {
            if (Due() is not { } loop)
            {
                next.Disposable = scheduler.Schedule(check.options.Idle, Step);
                return;
            }

            checkedAt[(loop.Repo, loop.Id)] = scheduler.Now;
            var began = check.time.GetTimestamp();
            if (Read(loop) is not { IsIncomplete: false } anew)
            {
                next.Disposable = scheduler.Schedule(Rest, Step);
                return;
            }

            var difference = anew.DifferenceFrom(newest, check.folding, check.reading);
            var took = check.time.GetElapsedTime(began);
            if (difference is null)
            {
                Tell(loop, null, took);
            }
            else
            {
                next.Disposable = scheduler.Schedule(Look, () => LookAgain(loop, anew, took, scheduler.Now + check.options.CatchUp));
            }
        }

        /// <summary>The model may only have been behind: whichever model agrees with the reading settles it.</summary>
        private void LookAgain(LoopModel loop, ScratchReading anew, TimeSpan took, DateTimeOffset until)
        {
            var difference = anew.DifferenceFrom(newest, check.folding, check.reading);
            if (difference is null || scheduler.Now >= until)
            {
                Tell(loop, difference, took);
            }
            else
            {
                next.Disposable = scheduler.Schedule(Look, () => LookAgain(loop, anew, took, until));
            }
        }

        private void Tell(LoopModel loop, string? difference, TimeSpan took)
        {
            observer.OnNext([new ParityChecked(scheduler.Now, loop.Repo, loop.Id, ParityOrigin.Scratch, difference)]);
            var rest = took * check.options.RestFactor;
            next.Disposable = scheduler.Schedule(difference is not null ? check.options.Again : rest > Rest ? rest : Rest, Step);
        }

        private ScratchReading? Read(LoopModel loop)
        {
            try
            {
                return check.sources.FirstOrDefault(source => source.Repo == loop.Repo) is { } source
                    ? ScratchReading.Take(loop, source.Files, scheduler.Now)
                    : null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It cannot be read now: the pipeline sees that as well, and says it.
                return null;
            }
        }

        /// <summary>The loop whose check is due longest. One that was found to differ comes first.</summary>
        private LoopModel? Due()
        {
            var fleet = newest;
            var now = scheduler.Now;
            (LoopModel? Loop, bool Differs, DateTimeOffset At) best = default;
            foreach (var repo in fleet.Repos.Values)
            {
                if (repo.Replay is not null || repo.Failure is not null)
                {
                    continue;
                }

                foreach (var loop in repo.Loops.Values)
                {
                    // What was only just folded from its first byte need not be read again at once, while a session begins.
                    if (checkedAt.TryAdd((repo.Path, loop.Id), now))
                    {
                        continue;
                    }

                    var at = checkedAt[(repo.Path, loop.Id)];
                    var differs = loop.ScratchParity.Difference is not null;
                    var isDue = now < at || now - at >= (differs ? check.options.Again : check.options.Every);
                    if (isDue
                        && IsComparable(loop)
                        && (best.Loop is null || (differs && !best.Differs) || (differs == best.Differs && at < best.At)))
                    {
                        best = (loop, differs, at);
                    }
                }
            }

            return best.Loop;
        }

        /// <summary>Of a loop that is rolled back nothing more has to be found out.</summary>
        private static bool IsComparable(LoopModel loop) =>
            loop is
            {
                Exists: true,
                IsCounted: true, EventsCondition: ArtifactCondition.Present, Rollback: null, Trigger: null,
                Rollout.Condition: not ArtifactCondition.Unseen
            };
    }
}
