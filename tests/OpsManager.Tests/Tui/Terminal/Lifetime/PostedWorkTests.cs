using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Lifetime;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

public sealed class PostedWorkTests
{
    private readonly FakeTimeProvider time = new();
    private readonly PostedWork work;
    private readonly List<string> ran = [];

    public PostedWorkTests() => work = new PostedWork(time);

    [Fact]
    public void Nothing_is_due_where_nothing_was_posted()
    {
        Assert.Null(work.Due);
        Assert.False(work.Run(Fail));
    }

    [Fact]
    public void What_is_posted_first_runs_at_once_and_in_order()
    {
        Post("a");
        Post("b");
        Assert.True(work.Due <= TimeSpan.Zero);
        Assert.True(work.Run(Fail));
        Assert.Equal(["a", "b"], ran);
    }

    [Fact]
    public void The_next_batch_waits_for_the_gap()
    {
        Post("a");
        work.Run(Fail);
        Post("b");
        time.Advance(work.Gap - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), work.Due);
        Assert.False(work.Run(Fail));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(work.Run(Fail));
        Assert.Equal(["a", "b"], ran);
    }

    [Fact]
    public void What_is_posted_meanwhile_waits_for_the_next_batch()
    {
        work.Add(_ => Post("later"), null);
        Assert.True(work.Run(Fail));
        Assert.Empty(ran);
        time.Advance(work.Gap);
        work.Run(Fail);
        Assert.Equal(["later"], ran);
    }

    [Fact]
    public void After_work_that_took_long_the_next_batch_waits_longer_than_the_gap()
    {
        work.Add(_ => time.Advance(TimeSpan.FromMilliseconds(100)), null);
        work.Run(Fail);
        Post("a");

        Assert.Equal(TimeSpan.FromMilliseconds(300), work.Due);
        time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.True(work.Run(Fail));
        time.Advance(work.Gap);
        Post("b");
        Assert.True(work.Run(Fail));
        Assert.Equal(["a", "b"], ran);
    }

    [Fact]
    public void An_error_that_is_taken_does_not_keep_the_rest_from_running()
    {
        var told = new List<string>();
        work.Add(static _ => throw new FormatException("posted"), null);
        Post("a");
        work.Run(error =>
        {
            told.Add(error.Message);
            return true;
        });
        Assert.Equal(["posted"], told);
        Assert.Equal(["a"], ran);
    }

    [Fact]
    public void An_error_that_nobody_takes_is_thrown_and_the_rest_stays_posted()
    {
        work.Add(static _ => throw new FormatException("posted"), null);
        Post("a");
        Assert.Throws<FormatException>(() => work.Run(Fail));
        Assert.NotNull(work.Due);
    }

    private static bool Fail(Exception error) => false;

    private void Post(string name) => work.Add(_ => ran.Add(name), null);
}
