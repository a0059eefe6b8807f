using System.Reactive.Concurrency;
using OpsManager.Sources;
using Xunit;

namespace OpsManager.Tests.Sources;

public sealed class ThreadSchedulerTests : IDisposable
{
    private readonly ThreadScheduler scheduler = new("test");
    private readonly List<string> ran = [];
    private readonly ManualResetEventSlim done = new();

    public void Dispose()
    {
        scheduler.Dispose();
        done.Dispose();
    }

    [Fact]
    public void Work_runs_in_the_order_of_its_time_and_then_of_the_asking_on_one_thread()
    {
        var threads = new HashSet<int>();
        void Note(string name)
        {
            threads.Add(Environment.CurrentManagedThreadId);
            ran.Add(name);
        }

        using var held = new ManualResetEventSlim();
        scheduler.Schedule(held.Wait);
        scheduler.Schedule(TimeSpan.FromMilliseconds(60), done.Set);
        scheduler.Schedule(TimeSpan.FromMilliseconds(30), () => Note("later"));
        scheduler.Schedule(() => Note("one"));
        scheduler.Schedule(() => Note("two"));
        held.Set();

        Wait();
        Assert.Equal(["one", "two", "later"], ran);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
        Assert.Single(threads);
    }

    [Fact]
    public void Work_that_is_taken_back_does_not_run()
    {
        using var held = new ManualResetEventSlim();
        scheduler.Schedule(held.Wait);
        var (now, later) = (
            scheduler.Schedule(() => ran.Add("now")), scheduler.Schedule(TimeSpan.FromMilliseconds(20), () => ran.Add("later")));
        now.Dispose();
        later.Dispose();
        scheduler.Schedule(TimeSpan.FromMilliseconds(40), done.Set);
        held.Set();

        Wait();
        Assert.Empty(ran);
    }

    [Fact]
    public void Work_may_ask_for_more_and_a_nearer_time_wakes_the_thread()
    {
        scheduler.Schedule(TimeSpan.FromHours(1), () => ran.Add("never"));
        scheduler.Schedule(TimeSpan.FromMilliseconds(5), () => scheduler.Schedule(TimeSpan.FromMilliseconds(5), done.Set));

        Wait();
        Assert.Empty(ran);
    }

    [Fact]
    public void Nothing_runs_after_the_end()
    {
        scheduler.Schedule(TimeSpan.FromMilliseconds(20), () => ran.Add("late"));
        scheduler.Dispose();
        scheduler.Schedule(() => ran.Add("after"));
        using var other = new ThreadScheduler("other");
        other.Schedule(TimeSpan.FromMilliseconds(60), done.Set);

        Wait();
        Assert.Empty(ran);
    }

    private void Wait() => Assert.True(done.Wait(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken));
}
