using System.Net;
using OpsManager.Contract;
using OpsManager.Service.Http;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Http;

public sealed class ServiceGateTests
{
    private const string Token = "s3cret-token";
    private const string Snapshot = $"/ops/snapshot?loopId={Shell.Loop}";

    [Theory]
    [InlineData(HttpStatusCode.OK, "X-Ops-Token", Token)]
    [InlineData(HttpStatusCode.OK, "Authorization", "Bearer " + Token)]
    [InlineData(HttpStatusCode.OK, "X-Ops-Token", Token, "Authorization", "Bearer other")]
    [InlineData(HttpStatusCode.Unauthorized, "X-Ops-Token", "other", "Authorization", "Bearer " + Token)]
    [InlineData(HttpStatusCode.Unauthorized, "X-Ops-Token", "")]
    [InlineData(HttpStatusCode.Unauthorized, "Authorization", "Basic " + Token)]
    [InlineData(HttpStatusCode.Unauthorized, "X-Other", Token)]
    public async Task Only_who_knows_the_token_is_let_in_and_the_log_never_tells_it(HttpStatusCode expected, params string[] headers)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, change: static options => options with { Token = Token });
        (string, string)[] sent = [.. headers.Chunk(2).Select(static pair => (pair[0], pair[1])), ("X-Trace-Id", Token)];

        using var answer = await service.GetAsync(Snapshot, sent);
        using var lost = await service.GetAsync($"/{Token}?token={Token}", sent);
        using var health = await service.GetAsync("/healthz");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("""{"ok":true}""", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        RunningService.Until(() => service.Log.Count == 3);
        Assert.All(service.Log, static line => Assert.DoesNotContain(Token, line, StringComparison.Ordinal));
        Assert.Contains(
            $"GET /ops/snapshot loop={(expected == HttpStatusCode.OK ? Shell.Loop : "-")} status={(int)expected} ms=", service.Log[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    [InlineData("example.org")]
    public async Task Without_a_token_only_this_host_is_listened_to(string host)
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("serve", "--repo", shell.Root, "--host", host, "--port", "0");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(host, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_token_every_address_is_listened_to()
    {
        using var shell = Shell.At("completes");
        await using var service =
            await RunningService.StartAsync(shell.Root, change: static options => options with { Token = Token, Host = "0.0.0.0" });

        Assert.StartsWith("http://0.0.0.0:", service.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_that_is_empty_or_not_there_starts_nothing()
    {
        using var shell = Shell.At("completes");
        await File.WriteAllTextAsync(shell.Full("empty"), "\n", TestContext.Current.CancellationToken);

        Assert.Equal(
            1, (await shell.RunAsync("serve", "--repo", shell.Root, "--port", "0", "--token-file", shell.Full("empty"))).ExitCode);
        Assert.Equal(
            1, (await shell.RunAsync("serve", "--repo", shell.Root, "--port", "0", "--token-file", shell.Full("nowhere"))).ExitCode);
        Assert.Equal(1, (await shell.RunAsync("serve", "--repo", shell.Root, "--port", "0", "--token", "two words")).ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);

        var result = await shell.RunAsync(
            "serve", "--repo", shell.Root, "--port",
            service.Http.BaseAddress!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("in use", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_is_not_let_in_without_a_token()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);

        using var answer = await service.GetAsync(Snapshot, ("Origin", "http://example.org"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_log_line_cannot_be_forged()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root);

        using var answer = await service.GetAsync("/a%0Ab%20status=200%1B[31m");

        RunningService.Until(() => service.Log.Count == 1);
        Assert.DoesNotContain('\u001b', service.Log[0]);
        Assert.Contains("GET /a_b_status=200␛[31m loop=- status=404", service.Log[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("W/\"a\"", true)]
    [InlineData("\"b\" , \"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"b\"", false)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void A_list_of_tags_is_compared_one_by_one(string header, bool matches) =>
        Assert.Equal(matches, EntityTag.Matches(header, "\"a\""));

    [Fact]
    public async Task Watchers_are_few_and_the_last_used_stay()
    {
        using var shell = Shell.At("completes");
        using var watchers = new OpsManager.Service.Watch.LoopWatchers(new System.IO.Abstractions.FileSystem(), shell.Time, shell.Root);
        var first = watchers.For(Shell.Loop);
        for (var i = 0; i < OpsManager.Service.Watch.LoopWatchers.MaxLoops; i++)
        {
            Directory.CreateDirectory(shell.Full(ArtifactPaths.Loop($"other-{i}")));
            watchers.For($"other-{i}");
            Assert.Same(first, watchers.For(Shell.Loop));
        }

        Assert.Equal(OpsManager.Service.Watch.LoopWatchers.MaxLoops, watchers.Count);
        Assert.Equal(50, (await first.LookAsync()).Reading.Lines);
    }
}
