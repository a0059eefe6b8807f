using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Service.Endpoints;
using OpsManager.Service.Http;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Http;

/// <summary>Many requests in one write, on a connection that is read on or closed at once, and what they cost the others.</summary>
public sealed partial class ServicePipelineTests
{
    private const string Token = "s3cret-token";
    private const string Snapshot = $"/ops/snapshot?loopId={Shell.Loop}";
    private const int RefusedLines = 20;

    [Theory]
    [InlineData(401, "GET", Snapshot, false)]
    [InlineData(401, "POST", "/ops/control", false)]
    [InlineData(401, "GET", "/nowhere", false)]
    [InlineData(200, "GET", "/healthz", false)]
    [InlineData(404, "GET", "/nowhere", true)]
    [InlineData(405, "PUT", "/ops/loops", true)]
    [InlineData(405, "PUT", "/healthz", true)]
    [InlineData(400, "GET", "/ops/snapshot", true)]
    public async Task Who_is_refused_gets_one_answer_however_many_requests_were_sent(
        int status, string method, string path, bool withToken)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, change: static options => options with { Token = Token });
        using var caller = await RawCaller.OpenAsync(service);

        await caller.SendAsync(Requests(50, path, withToken, method));

        var answers = await caller.RestAsync();
        Assert.Equal([status], Statuses(answers));
        Assert.Contains("Connection: close", answers, StringComparison.Ordinal);
        await service.EndAsync();
        Assert.Single(service.Log);
    }

    [Theory]
    [InlineData(200, Snapshot)]
    [InlineData(200, "/healthz")]
    [InlineData(404, "/ops/snapshot?loopId=none")]
    public async Task Who_may_ask_gets_an_answer_to_each_request_of_one_write(int status, string path)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, change: static options => options with { Token = Token });
        using var caller = await RawCaller.OpenAsync(service);

        await caller.SendAsync(Requests(500, path, withToken: true));

        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(status, await caller.AnswerAsync());
        }
    }

    [Fact]
    public async Task Requests_of_a_connection_that_has_gone_do_no_work_and_write_no_line()
    {
        using var repo = new LiveRepo();
        await using var service = await RunningService.StartAsync(repo.Root);
        var caller = await RawCaller.OpenAsync(service);
        await caller.SendAsync(Requests(1, $"/ops/events?loopId={LiveRepo.Loop}&cursor=2&waitSeconds=25", withToken: false)
            + Requests(100, "/healthz", withToken: false));
        RunningService.Until(() => service.Polls == 1);

        caller.Dispose();

        RunningService.Until(() => service.Connections == 0);
        Assert.Contains("GET /ops/events", Assert.Single(service.Log), StringComparison.Ordinal);
        Assert.Contains("status=499", Assert.Single(service.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_burst_of_requests_without_a_token_leaves_no_work_behind_when_its_connections_are_closed()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, change: static options => options with { Token = Token });
        var burst = System.Text.Encoding.UTF8.GetBytes(Requests(2000, "/", withToken: false));
        var attackers = new List<Socket>();
        for (var i = 0; i < 100; i++)
        {
            var attacker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await attacker.ConnectAsync(
                System.Net.IPAddress.Loopback, new Uri(service.Address).Port, TestContext.Current.CancellationToken);
            attacker.Blocking = false;
            attacker.Send(burst, SocketFlags.None, out _);
            attackers.Add(attacker);
        }

        attackers.ForEach(static attacker => attacker.Dispose());
        using var answer = await service.GetAsync(Snapshot, ("X-Ops-Token", Token));

        Assert.Equal(200, (int)answer.StatusCode);
        await service.EndAsync();
        // One for each that is refused, up to the limit; one that counts the others; and that of the caller.
        Assert.InRange(service.Log.Count, 1, RefusedLines + 2);
    }

    [Fact]
    public async Task Refused_requests_beyond_the_first_are_told_in_one_line()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, shell.Time, static options => options with { Token = Token });
        for (var i = 0; i < 30; i++)
        {
            // A connection that was refused is closed: none is used again.
            using var refused = i < 28
                ? await service.GetAsync(Snapshot, ("Connection", "close"))
                : await service.GetAsync("/nowhere", ("Connection", "close"), ("X-Ops-Token", Token));
        }

        using var answer = await service.GetAsync(Snapshot, ("X-Ops-Token", Token));
        RunningService.Until(() => service.Log.Any(static line => line.Contains("status=200", StringComparison.Ordinal)));
        Assert.Equal(RefusedLines, service.Log.Count(static line => line.Contains("status=401", StringComparison.Ordinal)));

        // A request is counted after its answer was sent: the last one may come into the line of the next ten seconds.
        RunningService.Until(() =>
        {
            shell.Time.Advance(TimeSpan.FromSeconds(10));
            return (Refused(service, "401"), Refused(service, "404")) == (8, 2);
        });
        using var next = await service.GetAsync(Snapshot);
        RunningService.Until(() => service.Log[^1].Contains("status=401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_counted_is_told_when_the_service_ends()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, shell.Time, static options => options with { Token = Token });
        for (var i = 0; i < 21; i++)
        {
            // A connection that was refused is closed: none is used again.
            using var refused = await service.GetAsync(Snapshot, ("Connection", "close"));
        }

        await shell.WithTimeRunningAsync(EndAsync());

        Assert.EndsWith(
            " 1 more request refused in the last 10 s, without a line of its own: 1 with status 401.", service.Log[^1],
            StringComparison.Ordinal);

        async Task<bool> EndAsync()
        {
            await service.EndAsync();
            return true;
        }
    }

    [Fact]
    public async Task Each_request_waits_for_its_turn_behind_what_is_ready_already()
    {
        using var shell = Shell.At("completes");
        using var log = new AccessLog(TextWriter.Null, shell.Time, token: null);
        var handler = new RequestHandler(log, shell.Time, static () => "id");
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = "/healthz", Host = new HostString("localhost") } };
        var queue = new ReadyQueue();

        var handled = queue.Start(() => handler.HandleAsync(context, static _ => Task.CompletedTask));
        Assert.False(handled.IsCompleted);
        queue.RunNext();

        await handled.WaitAsync(RunningService.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(404, context.Response.StatusCode);
    }

    [Fact]
    public async Task Who_finds_no_slot_free_waits_a_moment_for_one_in_the_order_of_coming()
    {
        var time = new FakeTimeProvider();
        using var slots = new RequestSlots(1, TimeSpan.FromSeconds(1), time);
        var taken = await slots.TakeAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(taken);
        var first = slots.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        var second = slots.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(first.IsCompleted);

        taken.Dispose();

        Assert.NotNull(await first.WaitAsync(RunningService.Patience, TestContext.Current.CancellationToken));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await second.WaitAsync(RunningService.Patience, TestContext.Current.CancellationToken));
    }

    private static string Requests(int count, string path, bool withToken, string method = "GET") =>
        string.Concat(Enumerable.Repeat(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{(withToken ? $"X-Ops-Token: {Token}\r\n" : "")}\r\n", count));

    private static int[] Statuses(string answers) =>
        [.. StatusLine().Matches(answers).Select(static line => int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex("HTTP/1.1 ([0-9]{3}) ")]
    private static partial Regex StatusLine();

    /// <summary>Holds what wants to go on, until it is told to.</summary>
    private sealed class ReadyQueue : SynchronizationContext
    {
        private readonly Queue<Action> ready = [];

        public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue(() => d(state));

        public Task Start(Func<Task> work)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return work();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void RunNext() => ready.Dequeue()();
    }

    /// <summary>How many requests the lines count that tell of several.</summary>
    private static int Refused(RunningService service, string status) => service.Log
        .Where(static line => line.Contains("refused in the last 10 s, without a line of their own", StringComparison.Ordinal))
        .Sum(line => Regex.Match(line, $"(\\d+) with status {status}") is { Success: true } found
            ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0);
}
