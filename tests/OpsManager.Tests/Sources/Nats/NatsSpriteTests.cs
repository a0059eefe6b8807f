using System.Globalization;
using System.Text;
using OpsManager.Contract.Fleet;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Nats;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

public sealed class NatsSpriteTests : IDisposable
{
    private readonly NatsServer server = NatsServer.Start();
    private readonly TempRepo repo = new();

    [Fact]
    public async Task What_is_published_later_is_shown_and_no_line_twice()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(3);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));
        await sprite.LoopAsync(TempRepo.Loop, 3);

        for (var line = 4; line <= 40; line++)
        {
            Write(line);
            await stream.PublishAsync(repo.Root, "app");
        }

        var loop = await sprite.LoopAsync(TempRepo.Loop, 40);
        Assert.Equal(40, loop.Tally.Lines);
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), File.ReadAllText(Copy(sprite, TempRepo.Log)));
    }

    [Fact]
    public async Task While_the_server_is_away_it_is_said_and_what_came_meanwhile_is_shown_afterwards()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(3);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        using var sprite = new WatchedSprite(
            null, first: fleet.Sprite("app"), options: WatchedSprite.Quick with { FallBackAfter = TimeSpan.FromMilliseconds(300) });
        await sprite.LoopAsync(TempRepo.Loop, 3);

        server.Kill();
        var lost = await sprite.UntilAsync(static one => one.Sprite is { ConnectionMode: ConnectionMode.LastKnown, Fault: not null });
        Assert.Contains("stream", lost.Sprite!.Fault, StringComparison.Ordinal);
        server.StartAgain();
        Write(5);
        await stream.PublishAsync(repo.Root, "app");

        Assert.Equal(5, (await sprite.LoopAsync(TempRepo.Loop, 5)).Tally.Lines);
        await sprite.UntilAsync(static one => one.Sprite is { ConnectionMode: ConnectionMode.Service, Fault: null });
    }

    [Fact]
    public async Task A_log_that_was_replaced_is_read_from_its_start_though_it_is_longer()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(3);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));
        await sprite.LoopAsync(TempRepo.Loop, 3);

        Write(6, "other");
        await stream.PublishAsync(repo.Root, "app", "log-2");

        await sprite.LoopAsync(TempRepo.Loop, 6);
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), File.ReadAllText(Copy(sprite, TempRepo.Log)));
    }

    [Fact]
    public async Task A_stream_that_was_deleted_and_made_again_is_read_from_its_start()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(30);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));
        await sprite.LoopAsync(TempRepo.Loop, 30);

        Write(32);
        await stream.MakeAgainAsync();
        await stream.PublishAsync(repo.Root, "app");
        server.Kill();
        server.StartAgain();

        await sprite.LoopAsync(TempRepo.Loop, 32);
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), File.ReadAllText(Copy(sprite, TempRepo.Log)));
    }

    [Fact]
    public async Task A_loop_whose_first_snapshot_comes_right_behind_that_of_another_is_read_too()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(1);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        // Lists are kept for long, as in the screen: only what has come can tell.
        using var sprite = new WatchedSprite(
            null, first: fleet.Sprite("app"), options: WatchedSprite.Quick with { ListLoops = TimeSpan.FromDays(1) });
        await sprite.LoopAsync(TempRepo.Loop, 1);

        Directory.CreateDirectory(repo.Full(".superloop/loops/other"));
        repo.Write(".superloop/loops/other/events.jsonl", RuntimeText.Event("loop_start", 1));
        await stream.PublishAsync(repo.Root, "app");

        await sprite.LoopAsync("other", 1);
    }

    [Fact]
    public async Task Lines_that_the_stream_no_longer_has_are_named()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(10);
        await stream.PublishAsync(repo.Root, "app");
        await stream.PurgeAsync(FleetSubject.Events("app", TempRepo.Loop), keep: 4);
        // One that was not there when they came.
        using var later = OpsManager.Sources.Nats.NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: later.Sprite("app"));

        var read = await sprite.UntilAsync(static one => one.Sprite?.LoopFault is not null);

        Assert.Contains("lines 1 to 6 of its log are no longer in stream SUPERLOOP", read.Sprite!.LoopFault, StringComparison.Ordinal);
        Assert.Equal(10, (await sprite.LoopAsync(TempRepo.Loop, 10)).Tally.Lines);
    }

    [Fact]
    public async Task A_message_in_parts_is_put_together_whether_it_was_there_or_comes()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(2);
        await stream.PublishAsync(repo.Root, "whole");
        var snapshot = (await stream.Fleet.Reader.LastAsync(
            FleetSubject.Snapshot("whole", TempRepo.Loop), TestContext.Current.CancellationToken))!.Value;
        var events = new List<(byte[] Body, long Line)>();
        await foreach (var one in stream.Fleet.Reader.FromAsync(
            FleetSubject.Events("whole", TempRepo.Loop), 1, TestContext.Current.CancellationToken))
        {
            events.Add((one.Body.ToArray(), one.Number(FleetHeaders.Line)!.Value));
        }

        var (log, whole) = (FleetSubject.Events("app", TempRepo.Loop), FleetSubject.Snapshot("app", TempRepo.Loop));
        await HalvesAsync(stream, log, events[0].Body, (FleetHeaders.Line, "1"), (FleetHeaders.Previous, "0"));
        await HalvesAsync(stream, log, events[1].Body, (FleetHeaders.Line, "2"), (FleetHeaders.Previous, "1"));
        await HalvesAsync(stream, whole, snapshot.Body.ToArray(), (FleetHeaders.Line, "2"), (FleetHeaders.Tag, "t"));
        using var sprite = new WatchedSprite(null, first: stream.Fleet.Sprite("app"));
        using var later = OpsManager.Sources.Nats.NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var again = new WatchedSprite(null, first: later.Sprite("app"));

        await sprite.LoopAsync(TempRepo.Loop, 2);
        await again.LoopAsync(TempRepo.Loop, 2);
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), File.ReadAllText(Copy(sprite, TempRepo.Log)));
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), File.ReadAllText(Copy(again, TempRepo.Log)));
    }

    [Fact]
    public async Task A_loop_that_has_gone_goes_and_the_others_stay()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(1);
        Directory.CreateDirectory(repo.Full(".superloop/loops/other"));
        repo.Write(".superloop/loops/other/events.jsonl", RuntimeText.Event("loop_start", 1));
        var fleet = await stream.PublishAsync(repo.Root, "app");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));
        await sprite.LoopAsync("other", 1);

        await stream.SendAsync(FleetSubject.Snapshot("app", "other"), [], (FleetHeaders.Gone, "1"));

        await sprite.UntilAsync(static one => !one.Loops.ContainsKey("other") && one.Loops.ContainsKey(TempRepo.Loop));
    }

    [Fact]
    public async Task A_second_sprite_of_the_same_name_is_said()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(1);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));
        await sprite.LoopAsync(TempRepo.Loop, 1);

        await stream.SendAsync(
            FleetSubject.Publisher("app"),
            """{"conflict":{"loop":"checkout-flow","line":7,"publisher":"b","at":"2026-11-29T12:00:00Z"}}"""u8.ToArray());
        var read = await sprite.UntilAsync(static one => one.Sprite?.LoopFault is not null);
        Assert.Contains("two sprites publish under this name", read.Sprite!.LoopFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_repositories_under_one_name_are_said()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(1);
        using var other = new TempRepo();
        Directory.CreateDirectory(other.Full(".superloop/loops/other"));
        other.Write(".superloop/loops/other/events.jsonl", RuntimeText.Event("loop_start", 1));
        Directory.Delete(other.Full(".superloop/loops/" + TempRepo.Loop), recursive: true);
        await stream.PublishAsync(repo.Root, "app");
        var fleet = await stream.PublishAsync(other.Root, "app");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));

        var read = await sprite.UntilAsync(static one => one.Sprite?.LoopFault is not null);

        Assert.Contains("two repositories are published under this name", read.Sprite!.LoopFault, StringComparison.Ordinal);
        Assert.Contains(repo.Root, read.Sprite.LoopFault, StringComparison.Ordinal);
        Assert.Contains(other.Root, read.Sprite.LoopFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_writes_nothing_of_a_loop_that_the_one_before_has_left_at_the_same_snapshot()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(3);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        var root = repo.Full("copy");
        using (var before = new WatchedSprite(null, first: fleet.Sprite("app"), root: root))
        {
            await before.UntilAsync(static one => one.Sprite is { ConnectionMode: ConnectionMode.Service });
            before.Source.End();
        }

        var old = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var file in Directory.GetFiles(Path.Combine(root, ".superloop"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, old);
        }

        using var again = new WatchedSprite(null, first: fleet.Sprite("app"), root: root);
        await again.UntilAsync(static one => one.Sprite is { ConnectionMode: ConnectionMode.Service });
        await again.LoopAsync(TempRepo.Loop, 3);
        Assert.All(
            Directory.GetFiles(Path.Combine(root, ".superloop"), "*", SearchOption.AllDirectories),
            file => Assert.Equal(old, File.GetLastWriteTimeUtc(file)));

        Write(5);
        await stream.PublishAsync(repo.Root, "app");
        await again.LoopAsync(TempRepo.Loop, 5);
        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), File.ReadAllText(Copy(again, TempRepo.Log)));
    }

    [Fact]
    public async Task Until_the_server_is_reached_the_sprites_of_the_session_before_are_named_and_then_those_of_the_stream()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(1);
        await stream.PublishAsync(repo.Root, "app");
        await stream.Fleet.Opened;
        server.Kill();
        var before = new KnownStream(new TakenMessage(7, DateTimeOffset.UnixEpoch), ["app", "gone", "../no-name"]);

        using var fleet = OpsManager.Sources.Nats.NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick, before);
        Assert.Equal(["app", "gone"], fleet.Names);
        server.StartAgain();
        await fleet.Opened.WaitAsync(WatchedSprite.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["app"], fleet.Names);
    }

    [Fact]
    public async Task What_is_no_message_of_ours_changes_nothing()
    {
        await using var stream = await TestStream.CreateAsync(server);
        Write(2);
        var fleet = await stream.PublishAsync(repo.Root, "app");
        var events = FleetSubject.Events("app", TempRepo.Loop);
        await stream.SendAsync(events, "{}"u8.ToArray());
        await stream.SendAsync(events, "\u001b]0;x"u8.ToArray(), (FleetHeaders.Line, "-3"), (FleetHeaders.Log, "log-1"));
        await stream.SendAsync(FleetSubject.Snapshot("app", "..%2f"), "{}"u8.ToArray(), (FleetHeaders.Line, "1"));
        await stream.SendAsync(FleetSubject.Publisher("app"), Encoding.UTF8.GetBytes(new string('[', 100_000)));
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("app"));

        var loop = await sprite.LoopAsync(TempRepo.Loop, 2);

        Assert.Equal(2, loop.Tally.Lines);
        Assert.Single(sprite.Newest!.Loops);
    }

    public void Dispose()
    {
        server.Dispose();
        repo.Dispose();
    }

    private static async Task HalvesAsync(TestStream stream, FleetSubject subject, byte[] body, params (string, string)[] headers)
    {
        await stream.SendAsync(subject, body[..(body.Length / 2)], [.. headers, (FleetHeaders.Log, "log-1"), (FleetHeaders.Part, "1/2")]);
        var first = (await stream.Fleet.Reader.LastAsync(subject, TestContext.Current.CancellationToken))!.Value.Sequence;
        await stream.SendAsync(
            subject, body[(body.Length / 2)..],
            [.. headers, (FleetHeaders.Log, "log-1"), (FleetHeaders.Part, "2/2"),
                (FleetHeaders.FirstSequence, first.ToString(CultureInfo.InvariantCulture))]);
    }

    private static string Copy(WatchedSprite sprite, string path) => Path.Combine(sprite.Source.Repo, path);

    /// <summary>A log of so many lines.</summary>
    private void Write(int lines, string role = "planner") => repo.Write(TempRepo.Log, string.Concat(Enumerable.Range(1, lines)
        .Select(line => RuntimeText.Event("role_start", line, role: role).Replace(" }\n", "}\n", StringComparison.Ordinal))));
}
