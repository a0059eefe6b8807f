using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Local;

public sealed class LocalSourceTests : IDisposable
{
    private static readonly string Log = ArtifactPaths.Events(Loop);

    private readonly ObservedSource source = new();

    public void Dispose() => source.Dispose();

    [Fact]
    public void It_opens_the_repository_at_once_and_looks_on_its_scheduler()
    {
        source.Append(Log, Event("loop_start"));
        source.Observe();
        Assert.Equal([new RepoOpened(WatchedRepo.Start, WatchedRepo.Path)], source.Said);

        source.Pass(1);
        Assert.Single(source.Said.OfType<LoopAppeared>());
        Assert.Single(source.Said.OfType<EventsSeen>());
    }

    [Fact]
    public void A_change_is_seen_at_the_next_poll_and_not_before()
    {
        Started();
        source.Pass(99);
        source.Append(Log, Event("role_start", 1));

        source.Pass(149);
        Assert.Equal(1, Newest);
        source.Pass(2);
        Assert.Equal(2, Newest);
    }

    [Fact]
    public void A_hint_brings_the_look_forward()
    {
        Started();
        source.Append(Log, Event("role_start", 1));
        source.Hint();

        source.Pass(4);
        Assert.Equal(1, Newest);
        source.Pass(2);
        Assert.Equal(2, Newest);
    }

    [Fact]
    public void A_burst_of_hints_costs_one_look()
    {
        Started();
        var before = Looks;
        for (var i = 0; i < 50; i++)
        {
            source.Hint();
        }

        source.Pass(100);
        Assert.Equal(before + 1, Looks);
    }

    [Fact]
    public void After_a_hinted_look_polling_goes_on()
    {
        Started();
        source.Hint();
        source.Pass(10);
        source.Append(Log, Event("role_start", 1));

        source.Pass(250);
        Assert.Equal(2, Newest);
    }

    [Fact]
    public void A_look_that_throws_is_an_observation_and_the_next_one_recovers()
    {
        Started();
        source.Files.BeforeProbe = static _ => throw new InvalidOperationException("the disk is on fire");
        source.Pass(600);
        Assert.Equal("the disk is on fire", source.Said.OfType<SourceFailed>().First().Fault);
        Assert.Empty(source.Said.OfType<SourceRecovered>());

        source.Files.BeforeProbe = null;
        source.Pass(250);
        Assert.Single(source.Said.OfType<SourceRecovered>());
        Assert.False(source.HasEnded);

        source.Append(Log, Event("role_start", 1));
        source.Pass(250);
        Assert.Equal(2, Newest);
        Assert.Single(source.Said.OfType<SourceRecovered>());
    }

    [Fact]
    public void A_directory_that_cannot_be_listed_is_an_observation_said_once()
    {
        Started();
        source.Files.BeforeList = static _ => throw new IOException("stale handle");
        source.Pass(5000);
        Assert.Equal(".superloop/loops cannot be read: stale handle", Assert.Single(source.Said.OfType<SourceFailed>()).Fault);

        source.Files.BeforeList = null;
        source.Pass(1000);
        Assert.Single(source.Said.OfType<SourceRecovered>());
        Assert.Empty(source.Said.OfType<LoopVanished>());
    }

    [Fact]
    public void A_loop_that_does_not_move_is_looked_at_less_often()
    {
        Started();
        Assert.InRange(ProbesWithin(10_000), 39, 41);

        source.Pass(30_000);
        Assert.InRange(ProbesWithin(10_000), 9, 11);

        source.Append(Log, Event("role_start", 1));
        source.Pass(1100);
        Assert.Equal(2, Newest);
        Assert.InRange(ProbesWithin(10_000), 39, 41);
    }

    [Fact]
    public void A_claimed_loop_is_looked_at_often_however_quiet_it_is()
    {
        source.Put(ArtifactPaths.ActiveRun, ActiveRun(WatchedRepo.Pid));
        Started();
        source.Pass(60_000);

        Assert.InRange(ProbesWithin(10_000), 39, 41);
    }

    [Fact]
    public void A_hint_looks_at_quiet_loops_too()
    {
        Started();
        source.Pass(60_100);
        source.Append(Log, Event("role_start", 1));
        source.Hint();
        source.Pass(6);

        Assert.Equal(2, Newest);
    }

    [Fact]
    public void Time_is_told_every_second_where_nothing_happens()
    {
        Started();
        source.Pass(500);
        source.Batches.Clear();

        source.Pass(10_000);
        Assert.InRange(source.Batches.Count, 9, 11);
        Assert.All(source.Said, static seen => Assert.IsType<Ticked>(seen));
    }

    [Fact]
    public void It_stops_looking_when_nobody_listens()
    {
        Started();
        source.Stop();
        var probes = source.Files.Probes.Count;

        source.Hint();
        source.Pass(10_000);
        Assert.Equal(probes, source.Files.Probes.Count);
    }

    [Fact]
    public void Each_subscription_watches_anew()
    {
        Started();
        source.Stop();
        source.Batches.Clear();
        source.Observe();
        source.Pass(1);

        Assert.IsType<RepoOpened>(source.Said.First());
        Assert.Single(source.Said.OfType<EventsSeen>());
    }

    private int Newest => source.Said.OfType<EventsSeen>().Last().Count;

    private int Looks => source.Files.Probes.Count(static path => path == ArtifactPaths.State);

    private void Started()
    {
        source.Append(Log, Event("loop_start"));
        source.Observe();
        source.Pass(1);
        Assert.Equal(1, Newest);
    }

    private int ProbesWithin(double milliseconds)
    {
        var before = source.Files.Probes.Count(static path => path == Log);
        source.Pass(milliseconds);
        return source.Files.Probes.Count(static path => path == Log) - before;
    }

    [Fact]
    public void A_first_look_that_is_over_before_its_scheduling_was_noted_is_followed_by_the_next_one()
    {
        source.Append(Log, Event("loop_start"));
        var scheduler = new EagerScheduler(source.Now);
        source.Observe(scheduler);

        Assert.True(scheduler.HasNext, "nobody looks again");
    }

    /// <summary>A scheduler whose thread is so fast that work which is due is over before whoever asked for it goes on.</summary>
    private sealed class EagerScheduler(DateTimeOffset now) : System.Reactive.Concurrency.LocalScheduler
    {
        public bool HasNext { get; private set; }

        public override DateTimeOffset Now => now;

        public override IDisposable Schedule<TState>(
            TState state, TimeSpan dueTime, Func<System.Reactive.Concurrency.IScheduler, TState, IDisposable> action)
        {
            if (dueTime <= TimeSpan.Zero)
            {
                return action(this, state);
            }

            HasNext = true;
            return System.Reactive.Disposables.Disposable.Create(() => HasNext = false);
        }
    }
}
