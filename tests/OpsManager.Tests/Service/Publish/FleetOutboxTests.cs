using System.Text.Json.Nodes;
using OpsManager.Contract.Fleet;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>Whatever ends, and whatever is left of the outbox cursor: each line is in the stream once.</summary>
public sealed class FleetOutboxTests
{
    /// <summary>The server forgets message ids at once, so that nothing but the last message of a subject can tell.</summary>
    private static readonly TimeSpan TinyWindow = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("kept")]
    [InlineData("deleted")]
    [InlineData("old")]
    [InlineData("torn")]
    [InlineData("ahead")]
    [InlineData("another version")]
    [InlineData("another sprite")]
    public async Task A_publisher_that_starts_again_doubles_nothing_and_loses_nothing(string cursor)
    {
        await using var stream = await FleetStream.StartAsync(window: TinyWindow);
        using var repo = FleetPublisherTests.Repo();
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var old = File.ReadAllText(CursorOf(repo));
        Add(repo, 20);
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var before = stream.Last();

        switch (cursor)
        {
            case "deleted":
                File.Delete(CursorOf(repo));
                break;
            case "old":
                File.WriteAllText(CursorOf(repo), old);
                break;
            case "torn":
                File.WriteAllText(CursorOf(repo), File.ReadAllText(CursorOf(repo))[..100]);
                break;
            case "ahead":
                Change(repo, "eventLineOffset", 900);
                Change(repo, "byteOffset", 90_000);
                break;
            case "another version":
                Change(repo, "schemaVersion", "v9");
                break;
            case "another sprite":
                Change(repo, "subject", "superloop.v1.else.checkout-flow.events");
                break;
        }

        var unchanged = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        Assert.True(unchanged.IsWhole, string.Join('\n', unchanged.Told));
        Assert.Equal(before, stream.Last());
        Add(repo, 3);
        var more = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(more.IsWhole, string.Join('\n', more.Told));
        AssertIsLog(stream, repo);
        Assert.Single(stream.Files(LiveRepo.Loop, "decisions.jsonl"));
        Assert.Equal(cursor == "another version", File.ReadAllText(CursorOf(repo)).Contains("v9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_was_stored_but_not_acknowledged_is_not_doubled()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        await using (var publisher = RunningPublisher.Start(repo.Root, stream.Settings))
        {
            publisher.Glance(2);
            var first = stream.Events(LiveRepo.Loop)[0];

            // Another process of this sprite was faster: the same line, from the same log.
            repo.Append("iteration_end");
            await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
            Add(repo, 2);
            RunningService.Until(() => stream.Lines(LiveRepo.Loop).Count >= 5);
            Assert.Equal(first.Log, stream.Events(LiveRepo.Loop)[^1].Log);
        }

        AssertIsLog(stream, repo);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_comes_back_has_every_line_once()
    {
        await using var stream = await FleetStream.StartAsync(window: TinyWindow);
        using var repo = FleetPublisherTests.Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Lines(LiveRepo.Loop).Count == 2);
        Add(repo, 3000);
        RunningService.Until(() => stream.Last() > 300);

        stream.Server.Kill();
        Add(repo, 10);
        RunningService.Until(() => publisher.Told.Count == 1);
        stream.Server.StartAgain();
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop) is [.., { Line: 3012 }]);

        AssertIsLog(stream, repo);
        Assert.Collection(
            publisher.Told,
            static line => Assert.Contains("is disconnected. Nothing is lost", line, StringComparison.Ordinal),
            static line => Assert.Contains("is connected again", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_was_cut_or_replaced_while_the_server_was_away_begins_another_log(bool isCut)
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        Add(repo, 10);
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop) is [.., { Line: 12 }]);

        stream.Server.Kill();
        Replace(repo, isCut);
        RunningService.Until(() => publisher.Told.Count == 1);
        stream.Server.StartAgain();
        RunningService.Until(() => stream.Lines(LiveRepo.Loop).Count >= 16);

        AssertBeganAgain(stream, repo);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_while_nobody_published(bool isCut)
    {
        await using var stream = await FleetStream.StartAsync(window: TinyWindow);
        using var repo = FleetPublisherTests.Repo();
        Add(repo, 10);
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Replace(repo, isCut);
        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var again = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(isWhole && again.IsWhole, string.Join('\n', told.Concat(again.Told)));
        AssertBeganAgain(stream, repo);

        // The count of replacements is found again without the cursor.
        File.Delete(CursorOf(repo));
        Add(repo, 1);
        Assert.True((await RunningPublisher.OnceAsync(repo.Root, stream.Settings)).IsWhole);
        Assert.Equal(stream.Lines(LiveRepo.Loop)[^2].Log, stream.Lines(LiveRepo.Loop)[^1].Log);
    }

    [Fact]
    public async Task A_file_that_was_replaced_begins_again()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        File.WriteAllText(FleetPublisherTests.InLoop(repo, "usage.jsonl"), """{"tokens":4}""" + "\n" + """{"tokens":5}""" + "\n");
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        var messages = stream.Files(LiveRepo.Loop, "usage.jsonl");
        Assert.Equal([0, 0], messages.Select(static one => one.Offset));
        Assert.NotEqual(messages[0].Log, messages[1].Log);
    }

    [Fact]
    public async Task A_stream_that_was_made_anew_gets_everything_again()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count == 1);

        await stream.DeleteAsync();
        await stream.CreateAsync();
        Add(repo, 1);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop) is [.., { Line: 3 }]);

        AssertIsLog(stream, repo);
    }

    [Fact]
    public async Task An_attempt_in_parts_that_was_broken_off_is_begun_again()
    {
        await using var stream = await FleetStream.StartAsync("max_payload: 65536");
        using var repo = FleetPublisherTests.Repo();
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        repo.Append("role_output", data: $$"""{"text":"{{new string('x', 200_000)}}"}""");
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var part = stream.Events(LiveRepo.Loop)[2];

        // A process of this sprite that ended behind its first part, with the ids that this one would use.
        await stream.DeleteAsync();
        await stream.CreateAsync();
        File.WriteAllLines(repo.Log + ".two", File.ReadLines(repo.Log).Take(2));
        var whole = File.ReadAllText(repo.Log);
        File.Delete(CursorOf(repo));
        repo.CutLog(2);
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        File.AppendAllText(repo.Log, whole[(int)new FileInfo(repo.Log).Length..]);
        await stream.PutAsync(
            FleetSubject.Events(FleetStream.Sprite, LiveRepo.Loop).Text("superloop.v1"), System.Text.Encoding.UTF8.GetString(part.Body),
            [.. new[] { "Superloop-Log", "Superloop-Line", "Superloop-Publisher", "Superloop-Part", "Nats-Msg-Id" }
                .Select(name => (name, part.Headers[name].ToString()))]);
        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(isWhole, string.Join('\n', told));
        Assert.Equal(
            FormattableString.Invariant($"1/{part.Part.Count}"), stream.Events(LiveRepo.Loop)[2].Headers[FleetHeaders.Part]);
        AssertIsLog(stream, repo);
    }

    internal static string CursorOf(LiveRepo repo) =>
        Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop, "publish.json");

    internal static void Add(LiveRepo repo, int lines)
    {
        var text = string.Concat(Enumerable.Range(0, lines).Select(number =>
            $$"""{"timestamp":"2026-11-22T19:30:00Z","event":"note","loop_id":"{{LiveRepo.Loop}}","run_id":"r","iteration":1,"""
                + $$""" "data":{"n":{{number}} } }"""
                + "\n"));
        repo.AppendText(text);
    }

    /// <summary>What is in the stream is the log: the same lines, once and in order, under one identity.</summary>
    internal static void AssertIsLog(FleetStream stream, LiveRepo repo, string sprite = FleetStream.Sprite)
    {
        var lines = stream.Lines(LiveRepo.Loop, sprite);
        Assert.Equal(
            File.ReadLines(repo.Log).Select(static line => JsonNode.Parse(line)!.ToJsonString()),
            lines.Select(static one => JsonNode.Parse(one.Raw)!.ToJsonString()));
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(static line => (long)line), lines.Select(static one => one.Line));
        Assert.Single(lines.Select(static one => one.Log).Distinct());
    }

    private static void Replace(LiveRepo repo, bool isCut)
    {
        if (isCut)
        {
            repo.CutLog(3);
            repo.Append("iteration_end");
        }
        else
        {
            repo.ReplaceLog(string.Concat(Enumerable.Range(0, 4).Select(static number =>
                """{"timestamp":"2026-11-23T19:30:00Z","event":"loop_start","loop_id":"checkout-flow","iteration":1,"""
                    + $$""" "run_id":"r{{number}}" }"""
                    + "\n")));
        }
    }

    private static void AssertBeganAgain(FleetStream stream, LiveRepo repo)
    {
        var lines = stream.Lines(LiveRepo.Loop);
        Assert.Equal([.. Enumerable.Range(1, 12), 1, 2, 3, 4], lines.Select(static one => (int)one.Line));
        Assert.Equal(2, lines.Select(static one => one.Log).Distinct().Count());
        Assert.Equal(
            File.ReadLines(repo.Log).Select(static line => JsonNode.Parse(line)!.ToJsonString()),
            lines.Skip(12).Select(static one => JsonNode.Parse(one.Raw)!.ToJsonString()));
    }

    private static void Change(LiveRepo repo, string field, JsonNode value)
    {
        var root = JsonNode.Parse(File.ReadAllText(CursorOf(repo)))!;
        root[field] = value;
        File.WriteAllText(CursorOf(repo), root.ToJsonString());
    }
}
