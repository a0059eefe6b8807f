using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace OpsManager.Tests.Service.Watch;

public sealed class ServicePollTests
{
    private static string Poll(int seconds) => $"/ops/events?loopId={LiveRepo.Loop}&cursor=2&waitSeconds={seconds}";

    [Fact]
    public async Task A_poll_is_woken_by_a_line()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);

        var body = await WokenAsync(service, () => repo.Append("role_start", "planner"));

        Assert.Equal("role_start", body.GetProperty("events")[0].GetProperty("event").GetProperty("name").GetString());
        Assert.Equal(3, body.GetProperty("cursor").GetProperty("eventLineOffset").GetInt32());
    }

    [Fact]
    public async Task A_poll_is_woken_by_an_artifact_and_then_has_no_events()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);

        var body = await WokenAsync(service, () => repo.AskApproval());

        Assert.Equal(0, body.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task A_poll_is_woken_by_the_end_of_the_process()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);

        var body = await WokenAsync(service, repo.Kill);
        using var snapshot = await service.GetAsync($"/ops/snapshot?loopId={LiveRepo.Loop}");
        var process = (await RunningService.JsonAsync(snapshot)).GetProperty("process");

        Assert.Equal(0, body.GetProperty("events").GetArrayLength());
        Assert.Equal((repo.Pid, "gone"), (process.GetProperty("pid").GetInt32(), process.GetProperty("fate").GetString()));
        Assert.Equal(JsonValueKind.Number, process.GetProperty("started").ValueKind);
    }

    [Fact]
    public async Task A_poll_ends_when_its_time_is_over()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);
        var began = Stopwatch.GetTimestamp();

        using var answer = await service.GetAsync(Poll(1));

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await RunningService.JsonAsync(answer)).GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task The_end_of_the_service_ends_polls_at_once()
    {
        using var repo = new LiveRepo();
        // By a clock that stands no wait is ever over: what ends the poll is the end of the service.
        await using var service = await RunningService.StartAsync(repo.Root, new FakeTimeProvider(DateTimeOffset.UtcNow));
        var poll = service.GetAsync(Poll(25));
        RunningService.Until(() => service.Polls == 1);

        await service.EndAsync();

        using var answer = await poll;
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_ends_its_poll()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);
        using var hangUp = new CancellationTokenSource();
        var poll = service.Http.GetAsync(Poll(25), hangUp.Token);
        RunningService.Until(() => service.Polls == 1);

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);

        RunningService.Until(() => service.Log.Any(static line => line.Contains("status=499", StringComparison.Ordinal)));
    }

    /// <summary>What a poll answers after <paramref name="happens"/>, much sooner than its time is over.</summary>
    private static async Task<JsonElement> WokenAsync(RunningService service, Action happens)
    {
        var began = Stopwatch.GetTimestamp();
        var poll = service.GetAsync(Poll(25));
        RunningService.Until(() => service.Polls == 1);
        happens();
        using var answer = await poll;
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        return await RunningService.JsonAsync(answer);
    }
}
