using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Act;
using OpsManager.Control.Rollout;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Control.Tests.Storage;

/// <summary>Real files that reach their bound.</summary>
public sealed class RowRotationTests : IDisposable
{
    private const int MaxBytes = 8192;

    private readonly LiveRepo repo = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop);

    public void Dispose() => repo.Dispose();

    [Fact]
    public void Three_generations_are_kept_whole_and_in_order_and_no_fourth()
    {
        var kept = Open();
        for (var i = 0; i < 500; i++)
        {
            Append(kept, kept.Escalations, Numbered("one", i));
        }

        Assert.Equal(["escalations.1.jsonl", "escalations.2.jsonl", "escalations.3.jsonl", "escalations.jsonl"], Names("escalations*"));
        var numbers = Lines(kept, kept.Escalations).Select(static line => JsonElement.Parse(line).GetProperty("n").GetInt32()).ToArray();
        Assert.Equal(Enumerable.Range(numbers[0], 500 - numbers[0]), numbers);
        Assert.True(numbers[0] > 0);
        Assert.All(
            Names("escalations.?.jsonl"),
            name => Assert.InRange(new FileInfo(Path.Combine(Folder, name)).Length, MaxBytes, MaxBytes + 200));
    }

    [Fact]
    public void The_last_row_is_told_right_after_a_rotation_too()
    {
        var kept = Open();
        for (var i = 0; Names("telemetry/reconcile.1.jsonl").Length == 0; i++)
        {
            Append(kept, kept.ReconcileRows, Numbered("one", i));
        }

        Assert.False(kept.ReconcileRows.Exists);
        Assert.Equal("one", kept.LastRow(kept.ReconcileRows)?.Text("who"));
    }

    [Fact]
    public async Task Writers_that_append_while_others_rotate_lose_nothing_and_double_nothing()
    {
        const int Each = 300;
        Directory.CreateDirectory(Folder);
        const string Script =
            """i=0; while [ $i -lt 300 ]; do echo "{\"who\":\"sh\",\"n\":$i,\"pad\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}" >> "$1"; i=$((i+1)); done""";
        using var other = Process.Start("/bin/sh", ["-c", Script, "sh", Path.Combine(Folder, "escalations.jsonl")]);
        void Write(string who)
        {
            var kept = Open(generations: 100);
            for (var i = 0; i < Each; i++)
            {
                Append(kept, kept.Escalations, Numbered(who, i));
            }
        }

        await Task.WhenAll(Task.Run(() => Write("one"), Cancel), Task.Run(() => Write("two"), Cancel), other.WaitForExitAsync(Cancel));

        var all = Open(generations: 100);
        var rows = Lines(all, all.Escalations)
            .Select(static line => JsonElement.Parse(line))
            .Select(static row => (Who: row.Text("who"), Number: row.Number("n")))
            .ToArray();
        Assert.Equal(3 * Each, rows.Length);
        foreach (var who in (string[])["one", "two", "sh"])
        {
            Assert.Equal(Enumerable.Range(0, Each), rows.Where(row => row.Who == who).Select(static row => row.Number!.Value).Order());
        }

        Assert.True(Names("escalations.*.jsonl").Length > 2);
    }

    [Theory]
    [InlineData(nameof(RotationStep.Shift), 1)]
    [InlineData(nameof(RotationStep.Shift), 2)]
    [InlineData(nameof(RotationStep.Prepare), 1)]
    [InlineData(nameof(RotationStep.Prepare), 2)]
    [InlineData(nameof(RotationStep.Prepare), 3)]
    [InlineData(nameof(RotationStep.Exchange), 1)]
    [InlineData(nameof(RotationStep.Exchange), 2)]
    [InlineData(nameof(RotationStep.Exchange), 3)]
    [InlineData(nameof(RotationStep.Complete), 1)]
    [InlineData(nameof(RotationStep.Complete), 2)]
    public void A_manager_that_is_killed_at_any_step_loses_no_row_and_no_open_case(string step, int time)
    {
        var count = 0;
        var kept = Open(100, reached => _ = reached.ToString() == step && ++count == time ? throw new KilledException() : 0);
        var written = new List<string>();
        Assert.Throws<KilledException>(() => Write(kept, written, 0, 300));
        var begun = written.Count;
        kept = Open(generations: 100);

        // The next manager goes on.
        Write(kept, written, 1000, 100);

        Assert.NotEqual(0, begun);
        Assert.Empty(written.Except(Lines(kept, kept.ControlRows).Concat(Lines(kept, kept.Intents))));
        Assert.Empty(Lines(kept, kept.ControlRows).Concat(Lines(kept, kept.Intents)).Except(written));
        // All of the file is read: while another test starts a process, a lock may look held, and the file grows on until the next step.
        Assert.Contains("pending", CasesOf(kept, MaxBytes * 100).Pending.Select(static known => known.Key));
        Assert.Equal("failed_command", kept.LastRow(kept.Intents)?.Text("status"));
        var unfinished = KeyHistory.Read(kept, "pending");
        Assert.Equal((true, null), (unfinished.IsUsed, unfinished.Case?.Outcome));
        var finished = KeyHistory.Read(kept, "k0");
        Assert.Equal(("completed", "failed_command"), (finished.Case?.Outcome, finished.Row?.StatusWord));
    }

    [Fact]
    public void What_is_open_and_the_newest_intent_stand_in_the_file_itself_after_many_rotations()
    {
        var kept = Open();
        Write(kept, [], 0, 400);

        Assert.Contains("telemetry/control.3.jsonl", Names("telemetry/control.?.jsonl"));
        Assert.Equal("pending", Assert.Single(CasesOf(kept).Pending).Key);
        Assert.NotEmpty(kept.LastRows(kept.Intents, IntentRow.Parse, MaxBytes * 2));
        Assert.InRange(kept.ControlRows.Inspect()!.Value.Stamp.Size, 1, MaxBytes + 500);
    }

    [Fact]
    public async Task A_key_of_an_older_generation_is_answered_and_not_carried_out_again()
    {
        var kept = Open();
        Write(kept, [], 0, 1);
        for (var i = 1; Names("intents.2.jsonl").Length == 0
            || !File.ReadAllText(Path.Combine(Folder, "intents.2.jsonl")).Contains("\"k0\"", StringComparison.Ordinal); i++)
        {
            Write(kept, [], i, 1);
        }

        var request = new ControlRequest
        {
            Repo = repo.Root,
            Loop = LiveRepo.Loop,
            Intent = new Intent.Approve(),
            By = "ada",
            Command = RuntimeCommand.Usual,
            TraceId = "t",
            IdempotencyKey = "k0"
        };
        var files = new FileSystem();
        var result = await new ControlRunner(
            files, TimeProvider.System, LocalSource.Open(files, repo.Root, FollowOptions.Default),
            new NoCommand()).RunAsync(request, static _ => { }, Cancel, Cancel);

        Assert.DoesNotContain("\"k0\"", File.ReadAllText(Path.Combine(Folder, "intents.jsonl")), StringComparison.Ordinal);
        Assert.Equal((true, "failed_command"), (result.Replayed, result.Answer?.StatusWord));
    }

    [Fact]
    public void Of_incident_notes_the_newest_stay_and_that_of_an_open_rollback()
    {
        var folder = Path.Combine(Folder, "incidents");
        Directory.CreateDirectory(folder);
        for (var i = 0; i < IncidentFile.MaxNotes + 10; i++)
        {
            File.WriteAllText(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"20261129T0{i / 60}{i % 60:00}00Z-log_rewritten.md")),
                "# note");
        }

        File.WriteAllText(Path.Combine(folder, "mine.md"), "# somebody's own");
        var notes = new IncidentFile(new FileSystem(), repo.Root, LiveRepo.Loop);
        File.WriteAllText(Path.Combine(Folder, "rollout.json"), "no JSON");
        notes.RemoveOldest();
        Assert.Equal(IncidentFile.MaxNotes + 11, Directory.GetFiles(folder).Length);

        repo.Remove($"ops-manager/{LiveRepo.Loop}/rollout.json");
        repo.AppendRow(
            "rollout.json",
            """{"schemaVersion":"v1","stage":"passive","changedAt":"2026-11-29T09:12:03Z","changedBy":"ops-manager","reason":"x","rollback":{"cause":"log_rewritten","why":"x","at":"2026-11-29T00:02:00Z","incident":"20261129T000200Z-log_rewritten","stageBefore":"assisted"}}""");
        notes.RemoveOldest();

        var left = Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(IncidentFile.MaxNotes + 2, left.Length);
        Assert.Equal(("20261129T000200Z-log_rewritten.md", "20261129T001000Z-log_rewritten.md", "mine.md"), (left[0], left[1], left[^1]));
    }

    private ManagerFiles Open(int generations = 3, Action<RotationStep>? reached = null) =>
        new(new FileSystem(), repo.Root, LiveRepo.Loop, new RowRetention(MaxBytes, generations) { Reached = reached });

    private string[] Names(string pattern) => Directory.Exists(Path.GetDirectoryName(Path.Combine(Folder, pattern)))
        ? [.. Directory.GetFiles(Folder, pattern).Select(name => Path.GetRelativePath(Folder, name)).Order(StringComparer.Ordinal)]
        : [];

    private static string[] Lines(ManagerFiles kept, GuardedPath path) =>
        [.. kept.Generations(path).Where(static file => file.Exists).SelectMany(static file => File.ReadAllLines(file.ToString()))];

    private static ControlCases CasesOf(ManagerFiles kept, int bytes = MaxBytes * 2) =>
        ControlCases.From(kept.LastRows(kept.ControlRows, ControlRow.Parse, bytes));

    /// <summary>One case that stays open, and then as many that end.</summary>
    private static void Write(ManagerFiles kept, List<string> written, int from, int count)
    {
        if (from == 0)
        {
            Add(kept.ControlRows, Step("pending", "started"));
        }

        for (var i = from; i < from + count; i++)
        {
            Add(kept.ControlRows, Step($"k{i}", "started"));
            Add(
                kept.ControlRows,
                Step($"k{i}", "finished", ""","outcome":"completed","evidence":[{"source":"events","fact":"loop_complete"}]"""));
            Add(
                kept.Intents,
                $$"""{"timestamp":"2026-11-29T09:12:03Z","intent":"approve","requestedBy":"ada","status":"failed_command","idempotencyKey":"k{{i}}"}""");
        }

        void Add(GuardedPath path, string row)
        {
            written.Add(row);
            Append(kept, path, row);
        }
    }

    private static void Append(ManagerFiles kept, GuardedPath path, string row) =>
        kept.Append(path, JsonElement.Parse(row), ContractJson.Default.JsonElementNullable);

    private static string Numbered(string who, int number) => $$"""{"who":"{{who}}","n":{{number}},"pad":"{{new string('x', 60)}}"}""";

    private static string Step(string key, string phase, string more = "") =>
        $$"""{"timestamp":"2026-11-29T09:12:03Z","phase":"{{phase}}","idempotencyKey":"{{key}}","intent":"approve","requestedBy":"ada","aim":{"runId":"r","at":"2026-11-29T09:12:03Z","events":1}{{more}}}""";

    /// <summary>The end of the process, as far as files can tell: the kernel lock goes with it.</summary>
    private sealed class KilledException : Exception;

    private sealed class NoCommand : IExecutor
    {
        public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) => Task.FromResult<string?>(null);

        public Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel) =>
            throw new InvalidOperationException("it was sent again");
    }
}
