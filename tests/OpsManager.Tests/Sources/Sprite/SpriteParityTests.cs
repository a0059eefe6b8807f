using System.IO.Abstractions;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Sources.Sprite;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Service;
using OpsManager.Tests.Service.Publish;
using OpsManager.Tests.Sources.Nats;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

public sealed class SpriteParityTests
{
    /// <summary>
    /// Readings that fail closed for every transport alike: the log holds a line that is no event, or a file stays torn.
    /// </summary>
    private static readonly string[] Unreadable = ["invalid-line", "torn-stays"];

    /// <summary>What explains the end is in the manager's own rows, and these are not copied from a sprite.</summary>
    private static readonly string[] ExplainedHere = ["cancel-confirmed"];

    public static TheoryData<string> Tapes => [.. Directory.GetFiles(RepoRoot.Combine("sample-runs"), "*.tape.jsonl")
        .Select(static path => Path.GetFileName(path).Replace(".tape.jsonl", "", StringComparison.Ordinal))
        .Except(Unreadable)
        .Except(ExplainedHere)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Tapes))]
    public async Task A_sprite_is_shown_over_its_service_as_its_files_are_shown(string tape)
    {
        using var shell = At(tape);
        await using var service = await RunningService.StartAsync(shell.Root);
        using var sprite = new WatchedSprite(service.Address);

        await AgreesAsync(shell.Root, sprite);
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public async Task A_sprite_is_shown_by_a_path_as_its_files_are_shown(string tape)
    {
        using var shell = At(tape);
        using var sprite = new WatchedSprite(null, new PathTransport(new FileSystem(), TimeProvider.System, shell.Root, "trace-of-test"));

        await AgreesAsync(shell.Root, sprite);
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public async Task A_sprite_is_shown_by_a_command_as_its_files_are_shown(string tape)
    {
        using var shell = At(tape);
        using var folder = new TempRepo();
        // What ssh does with its words: the first is the host, the rest is run.
        folder.Write("there", $"#!/bin/sh\nshift\nexec '{OpsManagerBinary.Path}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Full("there"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var command = new CommandTransport(
            TestChildren.Create(), [folder.Full("there")], shell.Root, "trace-of-test", TimeProvider.System, WatchedSprite.Patience);
        using var sprite = new WatchedSprite(null, command, WatchedSprite.Quick with { PullCommand = TimeSpan.FromMilliseconds(200) });

        await AgreesAsync(shell.Root, sprite);
    }

    [Fact]
    public async Task A_sprite_is_shown_over_nats_as_its_files_are_shown()
    {
        using var server = NatsServer.Start();
        await using var stream = await TestStream.CreateAsync(server);
        foreach (var tape in Tapes.Select(static row => row.Data))
        {
            using var shell = At(tape);
            Assert.True((await RunningPublisher.OnceAsync(shell.Root, stream.Settings, tape)).IsWhole, tape);
            using var sprite = new WatchedSprite(null, first: stream.Fleet.Sprite(tape));

            await AgreesAsync(shell.Root, sprite);
        }
    }

    /// <summary>The end of a tape, with the loops that it has.</summary>
    private static Shell At(string tape)
    {
        var shell = Shell.At(tape);
        foreach (var loop in Directory
            .GetDirectories(shell.Full(".superloop/loops"))
            .Where(static loop => !File.Exists(Path.Combine(loop, "events.jsonl"))))
        {
            Directory.Delete(loop, recursive: true);
        }

        return shell;
    }

    /// <summary>
    /// Every loop that can be read where it stands says the same through the sprite: headline, contract status, findings,
    /// timeline, cursor.
    /// </summary>
    private static async Task AgreesAsync(string root, WatchedSprite sprite)
    {
        var read = 0;
        foreach (var name in Directory.GetDirectories(Path.Combine(root, ".superloop", "loops")).Select(Path.GetFileName))
        {
            read++;
            var here = await new LoopReader(new FileSystem(), TimeProvider.System, FoldOptions.Default).ReadAsync(
                root, name!, TestContext.Current.CancellationToken);
            var loop = await sprite.LoopAsync(name!, here.Lines);
            Assert.Equal(Words(here.Loop), Words(loop));

            // Lines before the newest run may come only now.
            sprite.Source.LookAt(name!);
            var timeline = Timeline(here.Loop);
            loop = (await sprite.UntilAsync(repo => Timeline(repo.Loops[name!]).Count == timeline.Count)).Loops[name!];
            Assert.Equal(timeline, Timeline(loop));
            Assert.Equal(Words(here.Loop), Words(loop));
        }

        Assert.NotEqual(0, read);
    }

    private static string Words(LoopModel loop) => string.Join(
        " | ", loop.Verdict.Lifecycle, loop.Verdict.Ruling.Reason, loop.Projected.Status, loop.Projected.RunId, loop.Projected.Iteration,
        loop.Projected.HasPendingApproval, loop.Tally.Lines,
        string.Join(',', loop.Verdict.Findings.Select(static finding => finding.Code)
            .Except([FindingCodes.ControlUnreviewed])
            .Order(StringComparer.Ordinal)));

    private static IReadOnlyList<string> Timeline(LoopModel loop) =>
        [.. Enumerable.Range(0, loop.Tally.Lines).Where(row => loop.Log![row].IsEvent).Select(row => loop.Log!.Moment(row) is var moment
        ? $"{moment.Line} {moment.At:u} {moment.Name} {moment.Role} {moment.Status} {moment.Iteration} {moment.RunId}" : "")];
}
