using Microsoft.Extensions.Time.Testing;
using OpsManager.Sources.Nats;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider time = new(WatchedRepo.Start);
    private readonly Backoff backoff;

    public BackoffTests() => backoff = new Backoff(time);

    [Fact]
    public async Task Each_wait_is_twice_as_long_up_to_five_seconds_and_after_a_success_it_begins_again()
    {
        foreach (var factor in (int[])[1, 2, 4, 8, 16, 20, 20])
        {
            await WaitsAsync(First * factor);
        }

        Assert.Equal(7, backoff.Attempts);
        backoff.Reset();
        Assert.Equal(0, backoff.Attempts);
        await WaitsAsync(First);
    }

    /// <summary>A quarter of it more or less.</summary>
    private async Task WaitsAsync(TimeSpan about)
    {
        var wait = backoff.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(about * 0.74);
        Assert.False(wait.IsCompleted);
        time.Advance(about * 0.52);
        await wait.WaitAsync(TestContext.Current.CancellationToken);
    }
}
