using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsManager.Contract.Fleet;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

public sealed class FleetPublisherTests
{
    private const string Other = "nightly run";

    [Fact]
    public async Task What_is_published_is_what_the_service_answers()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();
        await using var service = await RunningService.StartAsync(repo.Root);

        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(isWhole, string.Join('\n', told));
        foreach (var loop in new[] { LiveRepo.Loop, Other })
        {
            using var snapshot = await service.GetAsync($"/ops/snapshot?loopId={Uri.EscapeDataString(loop)}");
            using var page = await service.GetAsync($"/ops/events?loopId={Uri.EscapeDataString(loop)}");
            var events = (await RunningService.JsonAsync(page)).GetProperty("events").EnumerateArray()
                .Select(static one => Timeless(one.GetRawText())).ToArray();
            Assert.Equal(events, stream.Events(loop).Select(static one => Timeless(one.Body)));
            Assert.Equal(Enumerable.Range(1, events.Length).Select(static line => (long?)line), stream.Events(loop).Select(static one => one.Line));
            Assert.Equal(
                Enumerable.Range(0, events.Length).Select(static line => line.ToString(CultureInfo.InvariantCulture)),
                stream.Events(loop).Select(static one => one.Headers[FleetHeaders.Previous].ToString()));
            var published = Assert.Single(stream.Snapshots(loop));
            Assert.Equal(snapshot.Headers.ETag!.Tag, published.Tag);
            Assert.Equal(Timeless((await RunningService.JsonAsync(snapshot)).GetRawText()), Timeless(published.Body));
            Assert.Equal((events.Length, stream.Events(loop)[^1].Log), (published.Line, published.Log));
        }

        foreach (var name in new[] { "decisions.jsonl", "usage.jsonl", "run-summary.json" })
        {
            using var file = await service.GetAsync($"/ops/file?loopId={LiveRepo.Loop}&name={name}");
            var message = Assert.Single(stream.Files(LiveRepo.Loop, name));
            Assert.Equal(await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), message.Body);
            Assert.Equal(0, message.Offset);
            Assert.True(name == "run-summary.json" ? message.Tag == Sha(message.Body) : message.Log is { Length: 16 });
        }
    }

    [Fact]
    public async Task Files_and_events_come_before_the_snapshot_that_speaks_of_them()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();

        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        var snapshot = Assert.Single(stream.Snapshots(LiveRepo.Loop)).Sequence;
        Assert.All(stream.Events(LiveRepo.Loop), one => Assert.True(one.Sequence < snapshot));
        Assert.All(stream.Files(LiveRepo.Loop, "decisions.jsonl"), one => Assert.True(one.Sequence < stream.Events(LiveRepo.Loop)[0].Sequence));
    }

    [Fact]
    public async Task What_is_new_is_published_and_nothing_while_nothing_changes()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(Other).Count == 1 && stream.Snapshots(LiveRepo.Loop).Count == 1);

        repo.Append("iteration_end");
        File.AppendAllText(InLoop(repo, "decisions.jsonl"), """{"decision":"approved","by":"b"}""" + "\n");
        RunningService.Until(() => stream.Lines(LiveRepo.Loop).Count == 3 && stream.Files(LiveRepo.Loop, "decisions.jsonl").Count == 2
            && stream.Snapshots(LiveRepo.Loop)[^1].Line == 3);
        publisher.Glance(3);
        var (last, files) = (stream.Last(), stream.Files(LiveRepo.Loop, "decisions.jsonl"));
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "notes.txt"), "a hint about nothing");
        publisher.Glance(3);

        Assert.Equal(last, stream.Last());
        Assert.Equal((files[0].Body.Length, files[0].Log), (files[1].Offset, files[1].Log));
        Assert.Empty(publisher.Told);
    }

    [Fact]
    public async Task A_new_loop_is_found_and_a_loop_that_has_gone_is_said_to_be_gone()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();
        await using (var publisher = RunningPublisher.Start(repo.Root, stream.Settings))
        {
            RunningService.Until(() => stream.Snapshots(Other).Count == 1);
            repo.AddLoop("another");
            RunningService.Until(() => stream.Snapshots("another").Count >= 1);
            Directory.Delete(Path.Combine(repo.Root, ".superloop", "loops", "another"), recursive: true);
            RunningService.Until(() => stream.Snapshots("another")[^1].IsGone);
        }

        // While nobody publishes.
        Directory.Delete(Path.Combine(repo.Root, ".superloop", "loops", Other), recursive: true);
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(isWhole, string.Join('\n', told));
        var last = Assert.Single(stream.Snapshots(Other), static one => one.IsGone);
        Assert.Empty(last.Body);
        Assert.Single(stream.Snapshots("another"), static one => one.IsGone);
    }

    [Fact]
    public async Task A_loop_that_comes_back_begins_another_log()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(Other).Count == 1);

        Directory.Delete(Path.Combine(repo.Root, ".superloop", "loops", Other), recursive: true);
        RunningService.Until(() => stream.Snapshots(Other)[^1].IsGone);
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", "loops", Other));
        File.WriteAllText(
            Path.Combine(repo.Root, ".superloop", "loops", Other, "events.jsonl"),
            """{"timestamp":"2026-11-22T19:30:00Z","event":"loop_start","loop_id":"nightly run","run_id":"r2","iteration":1}""" + "\n");
        RunningService.Until(() => stream.Snapshots(Other)[^1] is { IsGone: false });

        var lines = stream.Lines(Other);
        Assert.Equal([1, 2, 1], lines.Select(static one => one.Line));
        Assert.NotEqual(lines[0].Log, lines[2].Log);
    }

    [Fact]
    public async Task A_loop_that_cannot_be_read_does_not_stop_the_others()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();
        Directory.CreateSymbolicLink(Path.Combine(repo.Root, ".superloop", "loops", "linked"), "/etc");
        repo.AppendText("this is no event\n");

        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.False(isWhole);
        Assert.Equal((2, 2), (stream.Events(Other).Count, stream.Events(LiveRepo.Loop).Count));
        Assert.Contains(told, static line => line.Contains("linked", StringComparison.Ordinal));
        Assert.Contains(told, static line => line.Contains($"Loop {LiveRepo.Loop} is not published whole", StringComparison.Ordinal)
            && line.Contains("line 3", StringComparison.Ordinal));
        Assert.Single(stream.Snapshots(Other));
        Assert.Empty(stream.Snapshots("linked"));
    }

    [Fact]
    public async Task A_line_that_holds_no_event_is_passed_over()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = Repo();
        repo.AppendText("\n\n");
        repo.Append("iteration_end");

        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(isWhole, string.Join('\n', told));
        Assert.Equal([1, 2, 5], stream.Events(LiveRepo.Loop).Select(static one => one.Line));
        Assert.Equal("2", stream.Events(LiveRepo.Loop)[2].Headers[FleetHeaders.Previous]);
    }

    [Fact]
    public async Task A_message_that_is_too_large_for_the_server_goes_in_parts()
    {
        await using var stream = await FleetStream.StartAsync("max_payload: 65536");
        using var repo = Repo();
        repo.Append("role_output", data: $$"""{"text":"{{new string('x', 200_000)}}"}""");
        repo.Append("iteration_end");
        var large = JsonSerializer.Serialize(new { updated_at = "2026-11-22T19:30:00Z", entries = Array.Empty<int>(), note = new string('y', 100_000) });
        File.WriteAllText(InLoop(repo, "run-summary.json"), large);

        var (isWhole, told) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var again = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.True(isWhole, string.Join('\n', told));
        Assert.True(again.IsWhole, string.Join('\n', again.Told));
        Assert.Equal([1, 2, 3, 4], stream.Lines(LiveRepo.Loop).Select(static one => one.Line));
        Assert.Contains(new string('x', 200_000), stream.Lines(LiveRepo.Loop)[2].Raw, StringComparison.Ordinal);
        var parts = stream.Events(LiveRepo.Loop).Where(static one => one.IsPart).ToArray();
        Assert.True(parts.Length > 1);
        Assert.All(parts, part => Assert.EndsWith($"/3/{part.Part.Index}", part.Headers["Nats-Msg-Id"], StringComparison.Ordinal));
        var (first, body) = Assert.Single(FleetStream.Whole(stream.Files(LiveRepo.Loop, "run-summary.json")));
        Assert.Equal((Sha(body), large), (first.Tag, System.Text.Encoding.UTF8.GetString(body)));
    }

    /// <summary>A repository whose run has ended, so that nothing but a test changes it.</summary>
    internal static LiveRepo Repo()
    {
        var repo = new LiveRepo();
        repo.Kill();
        repo.AddLoop(Other);
        File.WriteAllText(InLoop(repo, "decisions.jsonl"), """{"decision":"rejected","by":"a"}""" + "\n");
        File.WriteAllText(InLoop(repo, "usage.jsonl"), """{"tokens":3}""" + "\n");
        File.WriteAllText(InLoop(repo, "run-summary.json"), """{"updated_at":"2026-11-22T19:30:00Z","entries":[]}""");
        return repo;
    }

    internal static string InLoop(LiveRepo repo, string name) => Path.Combine(repo.Root, ".superloop", "loops", LiveRepo.Loop, name);

    private static string Sha(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static string Timeless(byte[] envelope) => Timeless(System.Text.Encoding.UTF8.GetString(envelope));

    /// <summary>An envelope without when it was made and for whom.</summary>
    private static string Timeless(string envelope)
    {
        var root = JsonNode.Parse(envelope)!.AsObject();
        root.Remove("emittedAt");
        root.Remove("traceId");
        return root.ToJsonString();
    }
}
