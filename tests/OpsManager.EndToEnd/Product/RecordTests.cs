using System.IO.Abstractions;
using System.Reactive.Linq;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary><c>record</c> on real runs.</summary>
public sealed class RecordTests : IDisposable
{
    private const string Loop = "checkout-flow";

    private readonly RuntimeRepo repo = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-record-").FullName;

    [Theory]
    [InlineData("complete")]
    [InlineData("approval")]
    [InlineData("idle")]
    [InlineData("killed")]
    public async Task A_live_run_replays_to_what_was_shown_live(string end)
    {
        var path = Path.Combine(folder, "a.tape.jsonl.gz");
        var live = new List<string>();
        using var looks = new ThreadScheduler("looks");
        using var writes = new ThreadScheduler("writes");
        RepoTap? tap = null;
        var source = LocalSource.Open(new FileSystem(), repo.Root, FollowOptions.Default, (files, processes) =>
            tap = new RepoTap(files, processes));
        var options = new RecordOptions
        {
            Title = "live",
            Repo = repo.Root,
            SeesProcesses = true,
            Redaction = RedactionRules.For(repo.Root, "/root", []),
        };
        var tape = new SingleTape(TapePlace.Create(new FileSystem(), path), options, looks.Now);
        using var recorder = new TapeRecorder(tap!.Looks, tape, writes, TimeSpan.FromSeconds(30));
        using (Pipeline.Models([source], new Reducer(FoldOptions.Default), looks).Subscribe(fleet => Note(fleet, repo.Root, live)))
        {
            if (end == "killed")
            {
                var run = repo.Run(Loop, "wait");
                Assert.True(Eventually.Is(() => Has(live, "Running, High"), TimeSpan.FromSeconds(60)));
                await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
                run.Kill();
            }
            else
            {
                await repo.RunToEndAsync(Loop, end);
            }

            var last = end switch { "complete" => "Complete", "approval" => "AwaitingApproval", "killed" => "Failed", _ => "Idle" };
            Assert.True(Eventually.Is(() => Has(live, last), TimeSpan.FromSeconds(60)), string.Join('\n', live));
        }

        recorder.Stop(new RecordingEnd("the test is over"));
        await recorder.Ended.FirstAsync();

        Assert.Equal(Lines(live), Replayed(RecordingReader.Open(new FileSystem(), path).Entries[0].Open()));
    }

    [Fact]
    public async Task A_recorder_that_is_killed_leaves_a_tape_that_lost_at_most_a_second()
    {
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", "loops", Loop));
        var log = Path.Combine(repo.Root, ".superloop", "loops", Loop, "events.jsonl");
        foreach (var name in (string[])["a.tape.jsonl", "b.tape.jsonl.gz"])
        {
            var path = Path.Combine(folder, name);
            using var program = new RunningProgram("record", "--repo", repo.Root, "--out", path);
            await program.LineAsync("Recording");
            DateTimeOffset? due = null;
            for (var line = 0; line < 60; line++)
            {
                var now = DateTimeOffset.UtcNow;
                var text = $$"""{"timestamp":"{{now:O}}","event":"role_start","loop_id":"{{Loop}}","run_id":"r","iteration":1}""" + "\n";
                await File.AppendAllTextAsync(log, text, TestContext.Current.CancellationToken);
                due = now;
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            await program.SignalAsync("KILL");
            var killed = DateTimeOffset.UtcNow;
            await program.HasEndedAsync();

            var tape = RecordingReader.Open(new FileSystem(), path).Entries[0].Open();
            Assert.NotNull(due);
            Assert.InRange((killed - (tape.RecordedAt + tape.Length)).TotalSeconds, 0, 1.2);
        }
    }

    [Fact]
    public async Task A_recorder_that_is_stopped_says_what_it_redacted()
    {
        var path = Path.Combine(folder, "a.tape.jsonl");
        using var program = new RunningProgram("record", "--repo", repo.Root, "--out", path, "--mark", "before the change");
        await program.LineAsync("Recording");
        await repo.RunToEndAsync(Loop, "complete");
        await program.SignalAsync("INT");

        var (code, output, error) = await program.EndAsync();

        Assert.True(code == 0, error);
        Assert.Contains("repository-path", output, StringComparison.Ordinal);
        Assert.Contains("never complete", output, StringComparison.Ordinal);
        var tape = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(repo.Root, tape, StringComparison.Ordinal);
        Assert.Contains("before the change", tape, StringComparison.Ordinal);
        using var verify = new RunningProgram("verify", path);
        Assert.Equal(0, (await verify.EndAsync()).ExitCode);
    }

    public void Dispose()
    {
        repo.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static bool Has(List<string> live, string text) => Lines(live).Any(line => line.Contains(text, StringComparison.Ordinal));

    private static string[] Lines(List<string> live)
    {
        lock (live)
        {
            return [.. live];
        }
    }

    private static string[] Replayed(Tape tape)
    {
        var shown = new List<string>();
        var deck = new TapeDeck(tape, "/replayed", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var (seen, _) = deck.Move(deck.NextMove);
            fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
            Note(fleet, "/replayed", shown);
        }

        return [.. shown];
    }

    /// <summary>What is shown of the loop where it is not what was shown before.</summary>
    private static void Note(FleetModel fleet, string root, List<string> shown)
    {
        if (fleet.Loop(root, Loop) is not { } loop)
        {
            return;
        }

        var ruling = loop.Verdict.Ruling;
        var findings = string.Join(' ', loop.Verdict.Findings.Select(static finding => finding.Code)
            .Where(static code => code != FindingCodes.RolledBack));
        var text = $"{loop.Verdict.Lifecycle}, {ruling.Confidence}: {ruling.Reason} [{findings}]";
        lock (shown)
        {
            if (shown.Count == 0 || shown[^1] != text)
            {
                shown.Add(text);
            }
        }
    }
}
