using System.Reactive.Concurrency;
using System.Reactive.Subjects;
using OpsManager.Sources;
using Xunit;

namespace OpsManager.Tests.Sources;

public sealed class PacedModelsTests : IDisposable
{
    private readonly HistoricalScheduler scheduler = new(WatchedRepo.Start);
    private readonly Subject<string> values = new();
    private readonly List<string> told = [];
    private readonly IDisposable listening;

    public PacedModelsTests() => listening = values.Paced(scheduler).Subscribe(told.Add);

    public void Dispose()
    {
        listening.Dispose();
        values.Dispose();
    }

    [Fact]
    public void The_first_is_handed_on_at_once_and_so_is_each_that_comes_slowly()
    {
        values.OnNext("a");
        scheduler.AdvanceBy(PacedModels.Gap);
        values.OnNext("b");

        Assert.Equal(["a", "b"], told);
    }

    [Fact]
    public void What_comes_in_a_few_steps_as_at_a_start_waits_for_nothing()
    {
        for (var step = 0; step < PacedModels.Burst; step++)
        {
            values.OnNext($"{step}");
        }

        Assert.Equal(PacedModels.Burst, told.Count);
    }

    [Fact]
    public void Of_many_in_one_interval_the_newest_is_handed_on_at_its_end()
    {
        for (var step = 0; step < PacedModels.Burst; step++)
        {
            values.OnNext("many");
        }

        foreach (var value in (string[])["b", "c", "d"])
        {
            values.OnNext(value);
        }

        Assert.Equal(PacedModels.Burst, told.Count);
        scheduler.AdvanceBy(PacedModels.Gap);
        Assert.Equal("d", told[^1]);
        scheduler.AdvanceBy(PacedModels.Gap * 4);
        Assert.Equal(PacedModels.Burst + 1, told.Count);
    }

    [Fact]
    public void However_many_come_in_the_long_run_no_more_than_twenty_a_second_are_handed_on()
    {
        for (var step = 0; step < 10_000; step++)
        {
            values.OnNext($"{step}");
            scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(told.Count, 195, 201 + PacedModels.Burst);
    }

    [Fact]
    public void Whoever_takes_long_over_a_value_gets_the_next_later()
    {
        using var busy = new Subject<string>();
        var seen = new List<string>();
        using var slow = busy.Paced(scheduler).Subscribe(value =>
        {
            seen.Add(value);
            scheduler.Sleep(TimeSpan.FromMilliseconds(100));
        });

        busy.OnNext("a");
        busy.OnNext("b");
        scheduler.AdvanceBy(TimeSpan.FromMilliseconds(399));
        Assert.Equal(["a"], seen);
        scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a", "b"], seen);
    }
}
