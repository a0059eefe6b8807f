using System.Diagnostics;
using System.Net;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Endpoints;

/// <summary><c>GET /ops/log</c>: which logs there are, and parts of them.</summary>
public sealed class LogEndpointTests : IDisposable
{
    private const string Log = $"/ops/log?loopId={Shell.Loop}";

    private readonly Shell shell = Shell.At("completes");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Logs_and_reports_are_listed_and_nothing_else()
    {
        Write("logs/iter-1/planner.log", "one\n");
        Write("last_messages/planner.txt", "two\n");
        Write("review.md", "three\n");
        Write("secret.key", "four\n");
        File.CreateSymbolicLink(Full("logs/iter-1/link.log"), Full("secret.key"));
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var answer = await service.GetAsync(Log);
        var names = (await RunningService.JsonAsync(answer)).GetProperty("logs").EnumerateArray()
            .Select(static log => $"{log.GetProperty("name").GetString()} {log.GetProperty("sizeBytes").GetInt64()}").ToArray();

        Assert.Contains("logs/iter-1/planner.log 4", names);
        Assert.Contains("last_messages/planner.txt 4", names);
        Assert.Contains("review.md 6", names);
        Assert.DoesNotContain(names, static name => name.Contains("secret", StringComparison.Ordinal)
            || name.Contains("link", StringComparison.Ordinal) || name.Contains(".json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_of_a_log_says_where_it_is_and_how_large_the_whole_is()
    {
        Write("logs/iter-1/planner.log", new string('x', ServiceLogs.MaxBytes) + "the end\n");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var start = await service.GetAsync($"{Log}&name=logs/iter-1/planner.log&limit=3");
        using var most = await service.GetAsync($"{Log}&name=logs%2Fiter-1%2Fplanner.log");
        using var tail = await service.GetAsync($"{Log}&name=logs/iter-1/planner.log&tail=8");
        using var behind = await service.GetAsync($"{Log}&name=logs/iter-1/planner.log&offset=99999999");

        Assert.Equal("xxx", await start.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(ServiceLogs.MaxBytes, (await most.Content.ReadAsByteArrayAsync(Cancel)).Length);
        Assert.Equal("the end\n", await tail.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("262144", "262152"), (Header(tail, "X-Offset"), Header(tail, "X-Total-Size")));
        Assert.Equal((0, "262152"), ((await behind.Content.ReadAsByteArrayAsync(Cancel)).Length, Header(behind, "X-Offset")));
        Assert.Equal(tail.Headers.ETag, start.Headers.ETag);
    }

    [Theory]
    [InlineData("&name=../../state.json", 400)]
    [InlineData("&name=logs/../events.jsonl", 400)]
    [InlineData("&name=logs/iter-1/../../../../../secret", 400)]
    [InlineData("&name=/etc/passwd", 400)]
    [InlineData("&name=logs//planner.log", 400)]
    [InlineData("&name=logs/a/b/c.log", 400)]
    [InlineData("&name=logs%5Cplanner.log", 400)]
    [InlineData("&name=logs/%00.log", 400)]
    [InlineData("&name=events.jsonl", 400)]
    [InlineData("&name=approval.json", 400)]
    [InlineData("&name=", 400)]
    [InlineData("&name=logs/none.log", 404)]
    [InlineData("&name=logs/link.log", 502)]
    [InlineData("&name=logs/folder/planner.log", 502)]
    [InlineData("&name=logs/fifo.log", 502)]
    [InlineData("&name=logs/hard.log", 502)]
    [InlineData("&name=logs/directory.log", 502)]
    [InlineData("&name=review.md&tail=1&offset=1", 400)]
    [InlineData("&name=review.md&limit=262145", 400)]
    [InlineData("&name=review.md&tail=262145", 400)]
    [InlineData("&name=review.md&offset=-1", 400)]
    [InlineData("&name=review.md&name=plan.md", 400)]
    public async Task No_way_leads_out_of_the_logs_of_the_loop(string query, int status)
    {
        Write("review.md", "text\n");
        Write("logs/iter-1/planner.log", "one\n");
        Write("hidden", "secret");
        File.CreateSymbolicLink(Full("logs/link.log"), Full("hidden"));
        Directory.CreateSymbolicLink(Full("logs/folder"), Full("logs/iter-1"));
        Directory.CreateDirectory(Full("logs/directory.log"));
        using (var made = Process.Start("mkfifo", [Full("logs/fifo.log")]))
        {
            await made.WaitForExitAsync(Cancel);
        }

        using (var made = Process.Start("ln", [Full("hidden"), Full("logs/hard.log")]))
        {
            await made.WaitForExitAsync(Cancel);
        }

        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var answer = await service.GetAsync(Log + query);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(name))!);
        File.WriteAllText(Full(name), text);
    }

    private string Full(string name) => shell.Full($"{ArtifactPaths.Loop(Shell.Loop)}/{name}");
}
