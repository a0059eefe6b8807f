using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Rollout;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>
/// Small inputs of other tools and other days, through the verbs (docs/contract.md, "Tolerance on read", "Cursor file").
/// </summary>
public sealed class ToleranceVerbTests
{
    private static readonly string Log = ArtifactPaths.Events(Shell.Loop);
    private static readonly string Cursor = ArtifactPaths.EventsCursor(Shell.Loop);
    private static readonly string ManagerCursor = $"{ArtifactPaths.Manager(Shell.Loop)}/cursor.json";
    private static readonly string ManagerState = $"{ArtifactPaths.Manager(Shell.Loop)}/state.json";

    [Fact]
    public async Task Of_a_repeated_key_the_last_counts_in_every_document()
    {
        using var shell = With("duplicate-key/events.jsonl");

        var events = await EventsAsync(shell);
        using var snapshot = JsonDocument.Parse((await shell.LoopAsync("snapshot")).Output);
        using var state = JsonDocument.Parse((await shell.LoopAsync("reconcile")).Output);

        Assert.Equal("loop_complete", events[1].GetProperty("event").GetProperty("name").GetString());
        Assert.Equal("loop_complete", snapshot.RootElement.GetProperty("health").GetProperty("lastEventName").GetString());
        Assert.Equal("event:loop_complete", state.RootElement.GetProperty("transition").GetProperty("triggeringSignal").GetString());
        Assert.Equal("complete", state.RootElement.GetProperty("assessment").GetProperty("lifecycle").GetString());
    }

    [Fact]
    public async Task Whole_numbers_are_read_however_they_are_written_and_NaN_is_null()
    {
        using var shell = With("numbers/events.jsonl");

        var events = await EventsAsync(shell);
        var reading = await ReadAsync(shell);

        long[] iterations = [1, 3, 2147483648, 4];
        Assert.Equal(iterations, events.Select(static one => one.GetProperty("run").GetProperty("iteration").GetInt64()));
        Assert.Equal(iterations, Enumerable.Range(0, 4).Select(row => reading.Log[row].Iteration));
        Assert.Equal(JsonValueKind.Null, events[3].GetProperty("event").GetProperty("payload").GetProperty("score").ValueKind);
    }

    [Fact]
    public async Task A_run_that_its_limit_has_ended_says_the_reason_and_not_the_number()
    {
        using var shell = With("max-iterations/events.jsonl");

        using var state = JsonDocument.Parse((await shell.LoopAsync("reconcile")).Output);

        var assessment = state.RootElement.GetProperty("assessment");
        Assert.Equal("stopped", assessment.GetProperty("lifecycle").GetString());
        Assert.Equal("loop_stop (max_iterations) ended the run", assessment.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Times_of_every_form_are_read()
    {
        using var shell = With("timestamps/events.jsonl");

        Assert.Equal(7, (await EventsAsync(shell)).Count);
        var reading = await ReadAsync(shell);

        Assert.Equal(
            ["02:30:00", "02:30:00", "08:00:00", "08:00:00", "00:00:00", "08:00:00", "08:00:00"],
            Enumerable.Range(0, 7).Select(row => reading.Log.Moment(row).At?.ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("reconcile")]
    public async Task A_log_that_was_replaced_by_a_longer_one_is_refused_like_one_that_was_cut(string verb)
    {
        using var shell = With("longer-replacement/1-read-to-the-end.events.jsonl");
        Assert.Equal(0, (await shell.LoopAsync(verb)).ExitCode);
        var path = verb == "events" ? Cursor : ManagerCursor;
        var kept = shell.Read(path);
        shell.Write(Log, Case("longer-replacement/2-then-in-its-place.events.jsonl"));

        var refused = await shell.LoopAsync(verb);

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("cursor offset (4) ", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"{Log}: the log was replaced", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--from-start", refused.Error, StringComparison.Ordinal);
        Assert.Equal(kept, shell.Read(path));

        var anew = await shell.LoopAsync(verb, "--from-start");
        Assert.Equal(0, anew.ExitCode);
        Assert.True(verb == "reconcile" || anew.Lines.Count == 6);
        Assert.Equal(0, (await shell.LoopAsync(verb)).ExitCode);
    }

    [Fact]
    public async Task The_screen_says_that_the_log_is_not_the_one_that_was_read()
    {
        using var shell = With("longer-replacement/1-read-to-the-end.events.jsonl");
        await shell.LoopAsync("reconcile");
        shell.Write(Log, Case("longer-replacement/2-then-in-its-place.events.jsonl"));

        var reading = await ReadAsync(shell);

        Assert.Contains(reading.Loop.Verdict.Findings, static one => one.Code == FindingCodes.EventsRewritten);
        Assert.Equal(
            RollbackCauses.LogRewritten,
            RollbackRule.Find(reading.Repo, reading.Loop, reading.Loop.Cases, reading.Loop.Audit, RollbackLimits.Default)?.Cause);
    }

    [Fact]
    public async Task A_log_that_has_grown_continues_what_was_read()
    {
        using var shell = With("longer-replacement/1-read-to-the-end.events.jsonl");
        await shell.LoopAsync("events");
        shell.Append(Log, Case("numbers/events.jsonl"));

        Assert.Equal(4, (await EventsAsync(shell)).Count);
        Assert.Empty(await EventsAsync(shell));
    }

    [Fact]
    public async Task A_poll_that_reads_on_from_its_cursor_prints_what_one_prints_that_reads_the_whole_log()
    {
        using var shell = With("longer-replacement/1-read-to-the-end.events.jsonl");
        await shell.LoopAsync("events");
        shell.Append(Log, "\n" + Case("numbers/events.jsonl"));

        var some = await shell.LoopAsync("events", "--max-events", "2");
        var rest = await shell.LoopAsync("events");
        var all = await shell.LoopAsync("events", "--cursor", "4");

        static IEnumerable<string> Shown(Shell.Result result) =>
            result.Lines.Select(static line => System.Text.RegularExpressions.Regex.Replace(line, "\"trace-[0-9]+\"", "\"\""));
        Assert.Equal(Shown(all), Shown(some).Concat(Shown(rest)));
        Assert.Equal((1, 3), (some.Lines.Count, rest.Lines.Count));
        shell.Append(Log, "broken\n");
        var broken = await shell.LoopAsync("events");
        Assert.Equal((1, ""), (broken.ExitCode, broken.Output));
        Assert.Contains("events.jsonl, line 10", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_without_a_fingerprint_is_taken_as_it_is_and_gains_one()
    {
        using var shell = With("longer-replacement/2-then-in-its-place.events.jsonl");
        shell.Write(Cursor, $$"""
            {"schemaVersion":"v1","repoPath":"/x","loopId":"{{Shell.Loop}}","eventsFile":"x","eventLineOffset":4.0,"eventLineCount":4,
            "updatedAt":"20261129T080000Z"}
            """);

        Assert.Equal(2, (await EventsAsync(shell)).Count);

        using var cursor = JsonDocument.Parse(shell.Read(Cursor));
        Assert.Equal(new FileInfo(shell.Full(Log)).Length, cursor.RootElement.GetProperty("byteOffset").GetInt64());
        Assert.Equal(6, cursor.RootElement.GetProperty("fingerprint").GetProperty("eventLineOffset").GetInt64());
    }

    [Fact]
    public async Task A_cursor_that_was_kept_over_a_service_is_compared_by_the_values_of_its_events()
    {
        using var shell = With("longer-replacement/1-read-to-the-end.events.jsonl");
        string[] lines = [.. Case("longer-replacement/1-read-to-the-end.events.jsonl").Split('\n').Select(static line => Compact(line))];
        shell.Write(ManagerCursor, $$$"""
            {"schemaVersion":"v1","repoPath":"/x","loopId":"{{{Shell.Loop}}}","eventsFile":"x","eventLineOffset":4,"eventLineCount":4,
            "updatedAt":"2026-11-29T08:00:00Z","fingerprint":{"eventLineOffset":4,
            "headBytes":{{{lines[0].Length}}},"headSha256":"{{{Digest(lines[0])}}}",
            "lastLineBytes":{{{lines[3].Length}}},"lastLineSha256":"{{{Digest(lines[3])}}}"}}
            """);
        var kept = shell.Read(ManagerCursor);

        Assert.Equal(0, (await shell.LoopAsync("reconcile")).ExitCode);
        shell.Write(ManagerCursor, kept);
        shell.Write(Log, Case("longer-replacement/2-then-in-its-place.events.jsonl"));
        Assert.Equal(1, (await shell.LoopAsync("reconcile")).ExitCode);

        // Of bytes it says nothing, and so nothing of the files that the screen follows.
        Assert.DoesNotContain((await ReadAsync(shell)).Loop.Verdict.Findings, static one => one.Code == FindingCodes.EventsRewritten);
    }

    [Fact]
    public async Task A_log_that_was_cut_is_a_regression_also_when_it_is_read_from_its_start()
    {
        using var shell = With("longer-replacement/1-read-to-the-end.events.jsonl");
        await shell.LoopAsync("reconcile");
        await shell.LoopAsync("events");
        shell.Write(Log, string.Join('\n', Case("longer-replacement/1-read-to-the-end.events.jsonl").Split('\n').Take(2)) + "\n");

        using var state = JsonDocument.Parse((await shell.LoopAsync("reconcile", "--from-start")).Output);
        var events = await shell.LoopAsync("events", "--from-start");

        Assert.True(state.RootElement.GetProperty("divergence").GetProperty("flags").GetProperty("cursorRegression").GetBoolean());
        var violations = state.RootElement.GetProperty("sequence").GetProperty("violations").EnumerateArray();
        Assert.Equal(["snapshot_sequence_regression", "event_sequence_regression"], violations.Select(static one => one.GetString()));
        Assert.Equal((0, 2), (events.ExitCode, events.Lines.Count));
        Assert.Contains("the log was cut or replaced", events.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_at_the_start_of_a_file_is_skipped()
    {
        using var shell = With("numbers/events.jsonl");
        shell.Write(Log, "\uFEFF" + Case("numbers/events.jsonl"));

        Assert.Equal("loop_start", (await EventsAsync(shell))[0].GetProperty("event").GetProperty("name").GetString());
        shell.Write(Cursor, "\uFEFF" + shell.Read(Cursor));
        Assert.Empty(await EventsAsync(shell));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_state_that_an_older_tool_kept_the_word_and_the_offset_are_taken(bool isPartial)
    {
        using var shell = With("numbers/events.jsonl");
        Directory.CreateDirectory(shell.Full(ArtifactPaths.Manager(Shell.Loop)));
        const string Partial = """{"cursor":{"eventLineOffset":99},"transition":{"currentState":"running"}}""";
        shell.Write(ManagerState, isPartial ? Partial : Case("older-state/state.json"));

        var status = await shell.LoopAsync("status");
        shell.Write("before.json", shell.Read(ManagerState));
        var project = await shell.LoopAsync("project", "--state-file", shell.Full("before.json"));
        var reconcile = await shell.LoopAsync("reconcile");

        Assert.Equal((0, 0, 0), (status.ExitCode, project.ExitCode, reconcile.ExitCode));
        using var said = JsonDocument.Parse(status.Output);
        Assert.Equal("running", said.RootElement.GetProperty("lifecycle").GetProperty("state").GetString());
        foreach (var output in new[] { project.Output, reconcile.Output })
        {
            using var state = JsonDocument.Parse(output);
            Assert.Equal("running", state.RootElement.GetProperty("transition").GetProperty("previousState").GetString());
            Assert.True(state.RootElement.GetProperty("divergence").GetProperty("flags").GetProperty("cursorRegression").GetBoolean());
        }
    }

    [Fact]
    public async Task Envelopes_of_an_older_tool_are_read_and_what_is_absent_is_null()
    {
        using var shell = With("numbers/events.jsonl");
        shell.Write("s.json", Case("older-envelopes/snapshot.json"));
        shell.Write("e.jsonl", Case("older-envelopes/events.jsonl"));
        Directory.CreateDirectory(shell.Full(ArtifactPaths.Loop("l")));

        string[] given = ["--snapshot-file", shell.Full("s.json"), "--events-file", shell.Full("e.jsonl")];
        var result = await shell.RunAsync(["project", "--repo", shell.Root, "--loop", "l", .. given]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using var state = JsonDocument.Parse(result.Output);
        Assert.Equal("running", state.RootElement.GetProperty("transition").GetProperty("currentState").GetString());
        Assert.Equal("event:iteration_start", state.RootElement.GetProperty("transition").GetProperty("triggeringSignal").GetString());
    }

    private static string Compact(string line) =>
        line.Replace("\": ", "\":", StringComparison.Ordinal).Replace(", \"", ",\"", StringComparison.Ordinal);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Case(string path) => File.ReadAllText(RepoRoot.Combine("tests", "OpsManager.Tests", "Cases", path));

    /// <summary>A loop whose only artifact is the log of a case.</summary>
    private static Shell With(string log)
    {
        var shell = Shell.At("completes", atMs: -1);
        shell.Time.SetUtcNow(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero));
        shell.Write(Log, Case(log));
        return shell;
    }

    private static Task<LoopReading> ReadAsync(Shell shell) => new LoopReader(new HostFileSystem(), shell.Time, FoldOptions.Default)
        .ReadAsync(shell.Root, Shell.Loop, TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<JsonElement>> EventsAsync(Shell shell)
    {
        var result = await shell.LoopAsync("events");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return [.. result.Lines.Select(static line => JsonDocument.Parse(line).RootElement)];
    }
}
