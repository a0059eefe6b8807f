using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Endpoints;

public sealed class ServiceReadTests
{
    private const string Snapshot = $"/ops/snapshot?loopId={Shell.Loop}";
    private const string Events = $"/ops/events?loopId={Shell.Loop}";
    private const string Trace = "trace-of-\"mine\"";

    /// <summary>Every tape that can be read, at its end, and one in its middle.</summary>
    public static TheoryData<string, long> Moments =>
        [.. Sources.Sprite.SpriteParityTests.Tapes.Select(static tape => (tape.Data, long.MaxValue)), ("approval-approved", 11223)];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task The_service_says_to_the_byte_what_the_verbs_print(string tape, long atMs)
    {
        using var shell = Shell.At(tape, atMs);
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var loop in Directory.GetDirectories(shell.Full(".superloop/loops")).Select(Path.GetFileName).OfType<string>())
        {
            using var snapshot = await service.GetAsync($"/ops/snapshot?loopId={loop}", ("X-Trace-Id", Trace));
            using var page = await service.GetAsync($"/ops/events?loopId={loop}", ("X-Trace-Id", Trace));
            var printed = await shell.RunAsync("snapshot", "--repo", shell.Root, "--loop", loop, "--extras", "--trace-id", Trace);
            Assert.Equal(printed.ExitCode == 0, snapshot.StatusCode == HttpStatusCode.OK);
            tags[loop] = snapshot.Headers.ETag?.ToString();
            if (printed.ExitCode == 0)
            {
                Assert.Equal(
                    printed.Output.TrimEnd('\n'), await snapshot.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                Assert.Equal(
                    (await shell.RunAsync("events", "--repo", shell.Root, "--loop", loop, "--cursor", "0", "--trace-id", Trace)).Lines,
                    (await RunningService.JsonAsync(page)).GetProperty("events").EnumerateArray().Select(static one => one.GetRawText()));
            }
        }

        // A verb knows no tag: it looks once.
        using var loops = await service.GetAsync("/ops/loops", ("X-Trace-Id", Trace));
        var listed = JsonNode.Parse(await loops.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        foreach (var loop in listed["loops"]!.AsArray())
        {
            Assert.Equal(tags[(string)loop!["loopId"]!], (string?)loop["snapshotTag"]);
            loop.AsObject().Remove("snapshotTag");
        }

        Assert.Equal(
            (await shell.RunAsync("loops", "--repo", shell.Root, "--json", "--trace-id", Trace)).Output.TrimEnd('\n'),
            listed.ToJsonString());
    }

    [Fact]
    public async Task Events_behind_a_cursor_leave_the_cursor_file_alone()
    {
        using var shell = Shell.At("completes");
        var before = shell.Everything();

        var result = await shell.LoopAsync("events", "--cursor", "48");

        Assert.Equal((0, 2), (result.ExitCode, result.Lines.Count));
        Assert.Equal(before, shell.Everything());
        Assert.Equal(1, (await shell.LoopAsync("events", "--cursor", "1", "--from-start")).ExitCode);
        Assert.Equal(1, (await shell.LoopAsync("events", "--cursor", "1", "--cursor-file", shell.Full("c.json"))).ExitCode);
    }

    [Fact]
    public async Task A_page_ends_where_it_was_told_to_and_says_where_to_go_on()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var page = await service.GetAsync($"{Events}&cursor=3&maxEvents=4");
        var body = await RunningService.JsonAsync(page);

        Assert.Equal(4, body.GetProperty("events").GetArrayLength());
        Assert.Equal((7, 50), (
            body.GetProperty("cursor").GetProperty("eventLineOffset").GetInt32(),
            body.GetProperty("cursor").GetProperty("eventLineCount").GetInt32()));
    }

    [Fact]
    public async Task An_etag_holds_as_long_as_nothing_but_the_time_is_different()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        using var first = await service.GetAsync(Snapshot);
        var tag = first.Headers.ETag!;

        shell.Time.Advance(TimeSpan.FromSeconds(2));
        using var same = await service.GetAsync(Snapshot, ("If-None-Match", $"\"other\", {tag.Tag}"));
        using var any = await service.GetAsync(Snapshot, ("If-None-Match", "*"));
        shell.Append(
            ArtifactPaths.Events(Shell.Loop),
            """{"timestamp":"2026-11-22T19:30:00Z","event":"loop_start","loop_id":"checkout-flow","run_id":"r","iteration":1}""" + "\n");
        using var other = await service.GetAsync(Snapshot, ("If-None-Match", tag.Tag));

        Assert.False(tag.IsWeak);
        Assert.Equal((HttpStatusCode.NotModified, tag), (same.StatusCode, same.Headers.ETag));
        Assert.Equal(HttpStatusCode.NotModified, any.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.NotEqual(tag, other.Headers.ETag);
    }

    [Theory]
    [InlineData("GET", "/ops/snapshot", 400, "invalid_request", "loopId is missing")]
    [InlineData("GET", "/ops/snapshot?loopId=..%2Fx", 400, "invalid_request", "loopId cannot be a loop")]
    [InlineData("GET", "/ops/snapshot?loopId=..", 400, "invalid_request", "loopId cannot be a loop")]
    [InlineData("GET", "/ops/snapshot?loopId=nobody", 404, "not_found", "there is no loop \"nobody\"")]
    [InlineData("GET", "/ops/snapshot?loopId=a&loopId=b", 400, "invalid_request", "loopId is given more than once")]
    [InlineData("GET", "/ops/events?loopId=nobody", 404, "not_found", "there is no loop")]
    [InlineData("GET", Events + "&cursor=-1", 400, "invalid_request", "cursor must be a whole number")]
    [InlineData("GET", Events + "&maxEvents=many", 400, "invalid_request", "maxEvents must be a whole number")]
    [InlineData("GET", Events + "&waitSeconds=26", 400, "invalid_request", "waitSeconds must be a whole number from 0 to 25")]
    [InlineData("GET", Events + "&cursor=51", 400, "invalid_request", "cursor offset (51) exceeds available events (50)")]
    [InlineData("GET", "/ops/file?loopId=checkout-flow&name=..%2F..%2Fstate.json", 400, "invalid_request", "name must be one of")]
    [InlineData(
        "GET", "/ops/file?loopId=checkout-flow&name=run-summary.json&offset=99999999", 400, "invalid_request",
        "beyond the end of run-summary.json")]
    [InlineData("GET", "/ops/file?loopId=nobody&name=usage.jsonl", 404, "not_found", "there is no loop")]
    [InlineData("GET", "/", 404, "not_found", "there is no such path")]
    [InlineData("GET", "/ops/snapshot/more", 404, "not_found", "there is no such path")]
    [InlineData("GET", "/ops/snapshots", 404, "not_found", "there is no such path")]
    [InlineData("POST", Snapshot, 405, "invalid_request", "only GET")]
    [InlineData("GET", "/ops/control", 405, "invalid_request", "only POST")]
    [InlineData("DELETE", "/healthz", 405, "invalid_request", "only GET")]
    public async Task What_makes_no_sense_is_refused_by_its_name(string method, string path, int status, string code, string message)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var response = await service.SendAsync(new HttpMethod(method), path, null);
        var body = await RunningService.JsonAsync(response);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(body.GetProperty("ok").GetBoolean());
        Assert.Equal(code, body.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(message, body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ops/loops/")]
    [InlineData("/Ops/Loops")]
    public async Task A_path_is_found_in_any_case_and_with_a_slash_behind_it(string path)
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var response = await service.GetAsync(path);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_broken_log_and_a_broken_artifact_are_a_fault_of_the_runtime()
    {
        using var shell = Shell.At("completes");
        shell.Append(ArtifactPaths.Events(Shell.Loop), "no event\n");
        await using var service = await RunningService.StartAsync(shell.Root);

        using var events = await service.GetAsync(Events);
        using var snapshot = await service.GetAsync(Snapshot);
        shell.Write(ArtifactPaths.State, "[]");
        using var loops = await service.GetAsync("/ops/loops");

        Assert.Equal((HttpStatusCode.BadGateway, HttpStatusCode.BadGateway), (events.StatusCode, snapshot.StatusCode));
        Assert.Equal("runtime_error", (await RunningService.JsonAsync(events)).GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(
            "state.json", (await RunningService.JsonAsync(loops)).GetProperty("loops")[0].GetProperty("fault").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_say_that_nothing_is_kept_and_which_request_it_was()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var named = await service.GetAsync(Snapshot, ("X-Trace-Id", "mine"));
        using var strange = await service.GetAsync(Snapshot, ("X-Trace-Id", new string('x', 129)));

        Assert.Equal(["mine"], named.Headers.GetValues("X-Trace-Id"));
        Assert.Equal("mine", (await RunningService.JsonAsync(named)).GetProperty("traceId").GetString());
        Assert.StartsWith("id-", strange.Headers.GetValues("X-Trace-Id").Single(), StringComparison.Ordinal);
        Assert.True(named.Headers.CacheControl!.NoStore);
        Assert.False(named.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_file_comes_as_it_is_and_a_link_is_not_followed()
    {
        using var shell = Shell.At("completes");
        var (decisions, usage) = (shell.Full(ArtifactPaths.Decisions(Shell.Loop)), shell.Full(ArtifactPaths.Usage(Shell.Loop)));
        await File.WriteAllTextAsync(shell.Full("secret"), "secret", TestContext.Current.CancellationToken);
        File.Delete(usage);
        File.CreateSymbolicLink(usage, shell.Full("secret"));
        await File.WriteAllTextAsync(decisions, "one\ntwo\n", TestContext.Current.CancellationToken);
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        using var file = await service.GetAsync($"/ops/file?loopId={Shell.Loop}&name=decisions.jsonl&offset=4");
        using var end = await service.GetAsync($"/ops/file?loopId={Shell.Loop}&name=decisions.jsonl&offset=8");
        using var link = await service.GetAsync($"/ops/file?loopId={Shell.Loop}&name=usage.jsonl");
        using var snapshot = await service.GetAsync(Snapshot);

        Assert.Equal("two\n", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ("8", "application/octet-stream"),
            (file.Headers.GetValues("X-Total-Size").Single(), file.Content.Headers.ContentType!.ToString()));
        Assert.Empty(await end.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.BadGateway, link.StatusCode);
        Assert.DoesNotContain(
            "secret", await link.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["run-summary.json", "decisions.jsonl"], (await RunningService.JsonAsync(snapshot))
            .GetProperty("files")
            .EnumerateArray()
            .Select(static one => one.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_large_log_that_grows_has_the_digest_that_the_verb_reads_anew()
    {
        using var shell = Shell.At("completes");
        var line = """{"timestamp":"2026-11-22T19:30:00Z","event":"role_end","loop_id":"checkout-flow","run_id":"r","iteration":1}"""
            + "\n";
        shell.Append(ArtifactPaths.Events(Shell.Loop), new StringBuilder().Insert(0, line, 50_000).ToString());
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);
        for (var round = 0; round < 3; round++)
        {
            using var snapshot = await service.GetAsync(Snapshot, ("X-Trace-Id", "t"));

            Assert.Equal(
                (await shell.LoopAsync("snapshot", "--extras", "--trace-id", "t")).Output.TrimEnd('\n'),
                await snapshot.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            shell.Append(ArtifactPaths.Events(Shell.Loop), line);
        }
    }

    [Fact]
    public async Task Many_who_ask_at_a_time_are_all_answered()
    {
        using var shell = Shell.At("completes");
        await using var service = await RunningService.StartAsync(shell.Root, shell.Time);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => service.GetAsync(Snapshot)));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers.Select(static answer => answer.Headers.ETag).Distinct());
    }
}
