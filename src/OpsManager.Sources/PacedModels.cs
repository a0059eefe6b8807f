using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace OpsManager.Sources;

/// <summary>
/// Hands models on at a pace, however many sources move: a few at once, as at a start, then the newest of each interval. The last one is
/// always handed on.
/// </summary>
internal static class PacedModels
{
    /// <summary>Between two models: nobody reads more than twenty pictures a second.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);

    /// <summary>Models that are handed on at once after a quiet time: a start and a single change wait for nothing.</summary>
    public const int Burst = 16;

    /// <summary>Whoever looks at every loop of a model has this share of the time at most; a large fleet has fewer models then.</summary>
    private const int RestFactor = 4;

    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);

    /// <summary>The values at that pace, by the scheduler's clock.</summary>
    public static IObservable<T> Paced<T>(this IObservable<T> values, IScheduler scheduler)
        where T : class => Observable.Create<T>(observer =>
    {
        var pace = new Pace<T>(observer, scheduler);
        return new CompositeDisposable(values.Subscribe(pace.Take, observer.OnError), pace);
    });

    private sealed class Pace<T>(IObserver<T> observer, IScheduler scheduler) : IDisposable
        where T : class
    {
        private readonly Lock gate = new();
        private readonly SerialDisposable next = new();
        private T? waiting;
        private DateTimeOffset handedAt = DateTimeOffset.MinValue;
        private TimeSpan slow = TimeSpan.Zero;

        /// <summary>Models that may be handed on at once; one more with each interval.</summary>
        private double credit = Burst;

        public void Take(T value)
        {
            lock (gate)
            {
                var isUnderWay = waiting is not null;
                waiting = value;
                if (isUnderWay)
                {
                    return;
                }

                if (Rest() is var rest && rest <= TimeSpan.Zero)
                {
                    HandOn();
                }
                else
                {
                    next.Disposable = scheduler.Schedule(rest, Due);
                }
            }
        }

        public void Dispose() => next.Dispose();

        private void Due()
        {
            lock (gate)
            {
                HandOn();
            }
        }

        /// <summary>How long the next one has to wait. A clock that was set back is no reason to.</summary>
        private TimeSpan Rest()
        {
            var passed = scheduler.Now - handedAt is var since && since > TimeSpan.Zero ? since : TimeSpan.Zero;
            var gathered = Math.Min(Burst, credit + (passed / Gap));
            var poor = gathered >= 1 ? TimeSpan.Zero : Gap * (1 - gathered);
            return slow - passed is var late && late > poor ? late : poor;
        }

        private void HandOn()
        {
            var value = waiting!;
            var begun = scheduler.Now;
            var passed = begun - handedAt is var since && since > TimeSpan.Zero ? since : TimeSpan.Zero;
            credit = Math.Min(Burst, credit + (passed / Gap)) - 1;
            observer.OnNext(value);
            // What came from the observers themselves waits like anything else.
            waiting = ReferenceEquals(waiting, value) ? null : waiting;
            handedAt = scheduler.Now;
            var wanted = (handedAt - begun) * RestFactor;
            slow = wanted > LongestGap ? LongestGap : wanted;
            if (waiting is not null)
            {
                next.Disposable = scheduler.Schedule(Rest(), Due);
            }
        }
    }
}
