using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Connections;

/// <summary>Connections that send nothing, or little, and the callers beside them.</summary>
public sealed class ServiceConnectionTests
{
    private const string Snapshot = $"/ops/snapshot?loopId={Shell.Loop}";
    private const string Control = "POST /ops/control HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("GET /ops/loops HTTP/1.1\r\n")]
    [InlineData("GET /ops/loops HTTP/1.1\r\nHost: localhost\r\nX-A: b")]
    [InlineData(Control + "Content-Length: 20\r\n\r\n{")]
    [InlineData(Control + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    public async Task A_connection_without_a_complete_request_is_closed_when_its_time_is_over(string sent)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var caller = (await RawCaller.OpenAsync(service, 1))[0];
        await caller.SendAsync(sent);
        shell.Time.Advance(Within - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, service.Connections);

        shell.Time.Advance(TimeSpan.FromMilliseconds(1));

        await caller.ClosedAsync();
        Assert.Equal(0, service.Connections);
    }

    [Fact]
    public async Task A_byte_now_and_then_buys_no_time()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var caller = (await RawCaller.OpenAsync(service, 1))[0];
        foreach (var letter in "GET /")
        {
            await caller.SendAsync(letter.ToString());
            shell.Time.Advance(Within / 5);
        }

        await caller.ClosedAsync();
    }

    [Fact]
    public async Task A_connection_that_is_idle_after_an_answer_is_closed_by_the_same_limit()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var caller = (await RawCaller.OpenAsync(service, 1))[0];
        shell.Time.Advance(Within / 2);
        Assert.Equal(200, await caller.AskAsync(Snapshot));
        RunningService.Until(() => service.Log.Count == 1);
        shell.Time.Advance(Within - TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, await caller.AskAsync("/healthz"));
        RunningService.Until(() => service.Log.Count == 2);

        shell.Time.Advance(Within);

        await caller.ClosedAsync();
    }

    [Fact]
    public async Task No_timer_of_the_server_closes_an_idle_connection_sooner()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var caller = await RawCaller.OpenAsync(service);
        Assert.Equal(200, await caller.AskAsync(Snapshot));
        // The server's own timer, which looks for connections whose time is over, also sets the date of answers.
        var dates = new HashSet<DateTimeOffset?>();
        while (dates.Count < 4)
        {
            using var answer = await service.GetAsync("/healthz");
            dates.Add(answer.Headers.Date);
        }

        Assert.Equal(200, await caller.AskAsync(Snapshot));
    }

    [Fact]
    public async Task A_poll_that_waits_is_being_answered_and_is_not_closed()
    {
        using var repo = new LiveRepo();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service =
            await RunningService.StartAsync(repo.Root, time, limit: static limits => limits with { MaxConnections = 2 });
        using var caller = await RawCaller.OpenAsync(service);
        var answer = caller.AskAsync($"/ops/events?loopId={LiveRepo.Loop}&cursor=2&waitSeconds=25");
        RunningService.Until(() => service.Polls == 1);

        time.Advance(Within + Within);
        using var silent = await RawCaller.OpenAsync(service, 1) is [var one] ? one : null;
        time.Advance(TimeSpan.FromSeconds(1));
        // The next one takes the place of the silent one, though the poll is older.
        using var next = await RawCaller.OpenAsync(service);
        Assert.Equal(200, await next.AskAsync("/healthz"));
        await silent!.ClosedAsync();
        Assert.Equal(1, service.Polls);

        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(200, await answer);
    }

    [Fact]
    public async Task Where_every_connection_is_being_answered_the_next_one_waits_for_a_place()
    {
        using var repo = new LiveRepo();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service =
            await RunningService.StartAsync(repo.Root, time, limit: static limits => limits with { MaxConnections = 1 });
        using var poller = await RawCaller.OpenAsync(service);
        var poll = poller.AskAsync($"/ops/events?loopId={LiveRepo.Loop}&cursor=2&waitSeconds=25");
        RunningService.Until(() => service.Polls == 1);
        using var next = await RawCaller.OpenAsync(service);
        var answer = next.AskAsync("/healthz");
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(answer.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await poll);
        RunningService.Until(() => service.Log.Count == 1);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(200, await answer);
    }

    [Fact]
    public async Task The_longest_silent_connection_gives_way_once_it_had_time_to_ask()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, shell.Time, limit: static limits => limits with { MaxConnections = 3 });
        var silent = await RawCaller.OpenAsync(service, 3);
        using var next = await RawCaller.OpenAsync(service);
        var answer = next.AskAsync(Snapshot);
        shell.Time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(answer.IsCompleted);
        // What arrives in time is answered, however many wait.
        Assert.Equal(200, await silent[0].AskAsync(Snapshot));
        RunningService.Until(() => service.Log.Count == 1);

        shell.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(200, await answer);
        await silent[1].ClosedAsync();
        Assert.Equal(200, await silent[2].AskAsync(Snapshot));
        Assert.Equal(200, await silent[0].AskAsync(Snapshot));
        Assert.Single(service.Log, static line => line.Contains("All 3 connections are in use", StringComparison.Ordinal));
        foreach (var caller in silent)
        {
            caller.Dispose();
        }
    }

    [Fact]
    public async Task Strangers_do_not_drive_out_a_caller_between_two_requests()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, shell.Time, limit: static limits => limits with { MaxConnections = 4 });
        using var caller = (await RawCaller.OpenAsync(service, 1))[0];
        Assert.Equal(200, await caller.AskAsync(Snapshot));
        RunningService.Until(() => service.Log.Count == 1);
        var strangers = new List<RawCaller>(await RawCaller.OpenAsync(service, 3));
        for (var i = 0; i < 12; i++)
        {
            shell.Time.Advance(TimeSpan.FromMilliseconds(100));
            strangers.Add(await RawCaller.OpenAsync(service));
            await strangers[i].ClosedAsync();
        }

        Assert.Equal(200, await caller.AskAsync(Snapshot));
        strangers.ForEach(static stranger => stranger.Dispose());
    }

    [Fact]
    public async Task A_request_that_is_sent_slowly_takes_no_slot_of_the_others()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, shell.Time, static options => options with { MaxInFlight = 1 });
        using var slow = await RawCaller.OpenAsync(service);
        await slow.SendAsync(Control + "Content-Length: 20\r\nExpect: 100-continue\r\n\r\n");
        // The service asks for the body: from here on it is reading it.
        Assert.Equal(100, await slow.ContinueAsync());

        using var answer = await service.GetAsync(Snapshot);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Half_a_request_does_not_hold_up_the_end_of_the_service()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var caller = (await RawCaller.OpenAsync(service, 1))[0];
        await caller.SendAsync(Control + "Content-Length: 20\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(100, await caller.ContinueAsync());

        var end = service.EndAsync().AsTask();
        shell.Time.Advance(TimeSpan.FromSeconds(1));

        await end.WaitAsync(RunningService.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Requests_get_through_while_a_thousand_silent_connections_are_renewed_without_pause()
    {
        const string Token = "s3cret-token";
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(
            shell.Root, change: static options => options with { Token = Token },
            limit: static limits => limits with { MinSilence = TimeSpan.FromMilliseconds(250) });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var renewed = 0;
        var attack = Enumerable.Range(0, 1000)
            .Select(_ => Task.Run(() => AttackAsync(new Uri(service.Address).Port, () => Interlocked.Increment(ref renewed), over.Token)))
            .ToArray();
        RunningService.Until(() => service.Log.Any(static line => line.Contains("connections are in use", StringComparison.Ordinal)));

        for (var i = 0; i < 5; i++)
        {
            using var newcomer = new HttpClient { BaseAddress = service.Http.BaseAddress, Timeout = RunningService.Patience };
            newcomer.DefaultRequestHeaders.Add("X-Ops-Token", Token);
            for (var k = 0; k < 10; k++)
            {
                using var answer = await newcomer.GetAsync(Snapshot, TestContext.Current.CancellationToken);
                Assert.Equal(200, (int)answer.StatusCode);
            }
        }

        // Those that gave way have come again.
        RunningService.Until(() => Volatile.Read(ref renewed) > 0);
        Assert.InRange(service.Connections, 0, 256);
        await over.CancelAsync();
        await Task.WhenAll(attack);
    }

    /// <summary>Holds a silent connection open, and opens another at once when it is closed.</summary>
    private static async Task AttackAsync(int port, Action renewed, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(System.Net.IPAddress.Loopback, port, over);
                await socket.ReceiveAsync(new byte[1], over);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // It was closed, or the test is over.
            }

            renewed();
        }
    }
}
