using OpsManager.Contract.Fleet;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Core.Sprite;
using OpsManager.Tests.Service.Publish;
using OpsManager.Tests.Sources.Sprite;
using Xunit;
using MessageHeaders = OpsManager.Sources.Nats.MessageHeaders;
using NatsFleet = OpsManager.Sources.Nats.NatsFleet;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>A fleet that reads what a real publisher has sent: lines before the newest run wait until somebody looks.</summary>
public sealed class OlderEventsTests : IDisposable
{
    private const int LinesOfRun = 40;

    private readonly TempRepo repo = new();

    [Fact]
    public async Task Lines_before_the_newest_run_are_read_only_when_somebody_looks_at_the_loop()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 3);
        await PublishAsync(stream);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite));

        var before = await sprite.LoopAsync(TempRepo.Loop, 3 * LinesOfRun);

        Assert.Equal(new string('\n', 2 * LinesOfRun), Copy(sprite)[..(2 * LinesOfRun)]);
        Assert.EndsWith(Copy(sprite)[(2 * LinesOfRun)..], Original(), StringComparison.Ordinal);

        sprite.Source.LookAt(TempRepo.Loop);
        var after = await FilledAsync(sprite);

        Assert.Equal(Original(), Copy(sprite));
        Assert.Equal(before.Tally, after.Tally);
        Assert.Equal(before.Verdict.Ruling, after.Verdict.Ruling);
        Assert.Empty(after.Breaks);
        Assert.Empty(after.Verdict.Findings);
        Assert.Equal("loop_start", after.Log!.Moment(0).Name);
    }

    [Fact]
    public async Task What_comes_while_older_lines_are_read_comes_once()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 6);
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(
            null, first: fleet.Sprite(FleetStream.Sprite), options: WatchedSprite.Quick with { PageEvents = 7 });
        await sprite.LoopAsync(TempRepo.Loop, 6 * LinesOfRun);

        sprite.Source.LookAt(TempRepo.Loop);
        for (var more = 1; more <= 30; more++)
        {
            repo.Append(TempRepo.Log, Line("role_start", 6, more));
        }

        await FilledAsync(sprite);
        await sprite.LoopAsync(TempRepo.Loop, (6 * LinesOfRun) + 30);
        Assert.Equal(Original(), Copy(sprite));
    }

    [Fact]
    public async Task A_session_leaves_lines_out_that_the_one_before_left_out_and_reads_them_when_somebody_looks()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 2);
        await PublishAsync(stream);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        var root = repo.Full("copy");
        using (var before = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite), root: root))
        {
            await before.LoopAsync(TempRepo.Loop, 2 * LinesOfRun);
            before.Source.End();
        }

        Write(runs: 4);
        await PublishAsync(stream);
        using var again = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite), root: root);
        await again.LoopAsync(TempRepo.Loop, 4 * LinesOfRun);
        // What was copied stays, what came between is left out as well.
        Assert.Equal(new string('\n', LinesOfRun), Copy(again)[..LinesOfRun]);
        Assert.Equal(4 * LinesOfRun, Copy(again).Count(static one => one == '\n'));
        Assert.Equal(2 * LinesOfRun, Copy(again).Split('\n').Count(static line => line.Length > 0));

        again.Source.LookAt(TempRepo.Loop);
        await FilledAsync(again);
        Assert.Equal(Original(), Copy(again));
    }

    [Fact]
    public async Task Of_a_loop_that_an_operator_has_acted_on_nothing_is_left_out()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 3);
        await PublishAsync(stream);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        var root = repo.Full("copy");
        Directory.CreateDirectory(Path.Combine(root, ".superloop/ops-manager", TempRepo.Loop));
        File.WriteAllText(Path.Combine(root, ".superloop/ops-manager", TempRepo.Loop, "intents.jsonl"), "");
        using var sprite = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite), root: root);

        await sprite.LoopAsync(TempRepo.Loop, 3 * LinesOfRun);

        Assert.Equal(Original(), Copy(sprite));
    }

    [Fact]
    public async Task What_a_fleet_leaves_to_the_next_session_is_the_newest_message_though_no_event_was_taken_with_all_others()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 3);
        await PublishAsync(stream);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        await fleet.Opened.WaitAsync(WatchedSprite.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(stream.Last(), fleet.Known?.Newest.Sequence);
        Assert.Equal([FleetStream.Sprite], fleet.Known!.Sprites);
    }

    [Fact]
    public async Task Rows_of_ops_manager_keep_their_place_by_time_when_older_lines_come()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 3);
        await PublishAsync(stream);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(
            null, first: fleet.Sprite(FleetStream.Sprite),
            options: WatchedSprite.Quick with { FallBackAfter = TimeSpan.FromMilliseconds(200) });
        await sprite.LoopAsync(TempRepo.Loop, 3 * LinesOfRun);
        stream.Server.Kill();
        await sprite.UntilAsync(static one => one.Loops[TempRepo.Loop].Observed.Newest(ObservedKind.SourceLost) is not null);
        stream.Server.StartAgain();
        await sprite.UntilAsync(static one => one.Loops[TempRepo.Loop].Observed.Newest(ObservedKind.SourceBack) is not null);

        sprite.Source.LookAt(TempRepo.Loop);
        var after = await FilledAsync(sprite);

        Assert.All(after.Observed.Rows, row => Assert.Equal(after.Log!.EndOffset, row.Offset));
        Assert.Equal([ObservedKind.SourceLost, ObservedKind.SourceBack], after.Observed.Rows.Select(static row => row.Kind));
    }

    [Fact]
    public async Task A_snapshot_says_from_where_its_run_is_found_in_the_stream_and_so_after_a_restart()
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 5);
        await PublishAsync(stream);
        var first = Assert.Single(stream.Snapshots(TempRepo.Loop));
        Assert.Equal((4 * LinesOfRun) + 1, Number(first, FleetHeaders.From));
        var found = Number(first, FleetHeaders.FromSequence);
        Assert.InRange(found!.Value, 1, Sequence(stream, (4 * LinesOfRun) + 1));
        Assert.InRange(found.Value, Sequence(stream, 3 * LinesOfRun), Sequence(stream, (4 * LinesOfRun) + 1));

        // Another process, which knows only what the first has kept.
        repo.Append(TempRepo.Log, Line("role_start", 5, 1));
        await PublishAsync(stream);

        var later = stream.Snapshots(TempRepo.Loop)[^1];
        Assert.Equal((4 * LinesOfRun) + 1, Number(later, FleetHeaders.From));
        Assert.Equal(found, Number(later, FleetHeaders.FromSequence));
    }

    [Theory]
    [InlineData("1000000000000", null)]
    [InlineData("-4", "-9")]
    [InlineData("81", "99999999")]
    [InlineData("81", "118")]
    public async Task What_a_snapshot_says_wrongly_of_its_first_line_loses_no_line(string from, string? sequence)
    {
        await using var stream = await FleetStream.StartAsync();
        Write(runs: 3);
        await PublishAsync(stream);
        var said = stream.Snapshots(TempRepo.Loop)[^1];
        var subject = FleetSubject.Snapshot(FleetStream.Sprite, TempRepo.Loop).Text(FleetSubject.DefaultPrefix);
        (string, string)[] headers =
        [
            (FleetHeaders.Tag, "other"), (FleetHeaders.Line, "120"), (FleetHeaders.Log, said.Log!), (FleetHeaders.From, from),
        ];
        await stream.PutAsync(
            subject, System.Text.Encoding.UTF8.GetString(said.Body),
            sequence is null ? headers : [.. headers, (FleetHeaders.FromSequence, sequence)]);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite));

        await sprite.LoopAsync(TempRepo.Loop, 3 * LinesOfRun);
        Assert.EndsWith(Copy(sprite).TrimStart('\n'), Original(), StringComparison.Ordinal);
        Assert.Equal("loop_start", sprite.Newest!.Loops[TempRepo.Loop].Tally.RunStart?.Name);

        sprite.Source.LookAt(TempRepo.Loop);
        await sprite.UntilAsync(_ => Copy(sprite) == Original());
    }

    public void Dispose() => repo.Dispose();

    private static long? Number(OpsManager.Service.Publish.BusMessage message, string header) =>
        MessageHeaders.Number(message.Headers, header);

    private static long Sequence(FleetStream stream, long line) =>
        (long)stream.Events(TempRepo.Loop).Single(one => one.Line == line).Sequence;

    private async Task PublishAsync(FleetStream stream) =>
        Assert.True((await RunningPublisher.OnceAsync(repo.Root, stream.Settings)).IsWhole);

    /// <summary>The loop, once its first line is there.</summary>
    private static async Task<LoopModel> FilledAsync(WatchedSprite sprite) =>
        (await sprite.UntilAsync(static one => one.Loops.TryGetValue(TempRepo.Loop, out var loop)
            && loop.Fillings > 0
            && loop is { IsReading: false, Log: { IsTail: false } log }
            && log[0].IsEvent
            && one.Sprite is { ConnectionMode: ConnectionMode.Service })).Loops[TempRepo.Loop];

    private static string Copy(WatchedSprite sprite) => File.ReadAllText(Path.Combine(sprite.Source.Repo, TempRepo.Log));

    private string Original() => File.ReadAllText(repo.Full(TempRepo.Log));

    /// <summary>Runs of so many lines each, one after the other.</summary>
    private void Write(int runs) => repo.Write(TempRepo.Log, string.Concat(Enumerable.Range(0, runs).SelectMany(static run =>
        Enumerable.Range(0, LinesOfRun).Select(line => Line(
            line == 0 ? EventNames.LoopStart : line == LinesOfRun - 1 ? EventNames.LoopStop : EventNames.RoleStart, run, line)))));

    private static string Line(string name, int run, int line) =>
        RuntimeText.Event(name, (run * 100) + line, run * 100, role: "planner").Replace(" }\n", "}\n", StringComparison.Ordinal);
}
