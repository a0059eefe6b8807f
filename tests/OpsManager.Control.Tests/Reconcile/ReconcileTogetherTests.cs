using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Control.Reconcile;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Control.Tests.Reconcile;

/// <summary>
/// Several passes over one loop, and passes that were ended in the middle: nothing has drifted, and nobody says so (docs/contract.md,
/// "Cursor file").
/// </summary>
public sealed class ReconcileTogetherTests
{
    private static readonly string Manager = ArtifactPaths.Manager(TempRepo.Loop);

    private readonly HostFileSystem files = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 29, 8, 1, 0, TimeSpan.Zero));

    [Fact]
    public async Task Five_passes_at_once_see_no_drift_and_lose_nothing()
    {
        using var repo = new TempRepo();
        var (offset, lines) = (0L, 0);
        for (var round = 1; round <= 2; round++)
        {
            var passes = new List<Process>();
            for (var pass = 0; pass < 5; pass++)
            {
                Append(repo, ++lines);
                passes.Add(Start(repo));
            }

            foreach (var pass in passes)
            {
                using (pass)
                {
                    var output = await pass.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                    await pass.WaitForExitAsync(TestContext.Current.CancellationToken);
                    Assert.True(pass.ExitCode == 0, output);
                }
            }

            Assert.InRange(Offset(repo), offset, lines);
            offset = Offset(repo);
        }

        using (var last = Start(repo))
        {
            await last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(lines, Offset(repo));
        Assert.DoesNotContain("ordering_drift_detected", All(repo, "telemetry/sequence.jsonl"), StringComparison.Ordinal);
        Assert.DoesNotContain("ordering_drift_detected", All(repo, "escalations.jsonl"), StringComparison.Ordinal);
        var batches = File.ReadLines(repo.Full($"{Manager}/telemetry/sequence.jsonl"))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("events"))
            .Where(static events => events.GetProperty("ingestedCount").GetInt64() > 0)
            .Select(static events => (First: events.GetProperty("first").GetInt64(), Last: events.GetProperty("last").GetInt64()))
            .ToArray();

        // Every line was ingested by one pass and by no other, in order.
        var lasts = batches.Select(static batch => batch.Last).SkipLast(1).Prepend(0);
        Assert.Equal(lasts.Select(static last => last + 1), batches.Select(static batch => batch.First));
    }

    [Fact]
    public async Task Passes_at_once_of_which_some_are_killed_see_no_drift_and_lose_nothing()
    {
        string?[] moments =
            [null, "manager.lock", "health.json", "sequence-state.json", "telemetry/sequence.jsonl", "state.json"];
        using var repo = new TempRepo();
        var lines = 0;
        foreach (var moment in moments)
        {
            var seen = Stamp(repo, moment);
            Append(repo, ++lines, lines += 2);
            using var killed = Start(repo);
            using var other = Start(repo);

            // Whichever of the two has written that file, or neither: the one is ended in the middle of what it does.
            using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            while (moment is not null && Stamp(repo, moment) == seen && !killed.HasExited)
            {
                await glances.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }

            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
            var output = await other.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await other.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(other.ExitCode == 0, output);
            Assert.Contains("\"cursorRegression\":false", output, StringComparison.Ordinal);
            Assert.Equal(lines, Offset(repo));
        }

        foreach (var file in new[] { "telemetry/sequence.jsonl", "telemetry/reconcile.jsonl", "escalations.jsonl" })
        {
            Assert.DoesNotContain("ordering_drift_detected", All(repo, file), StringComparison.Ordinal);
        }

        // What a killed pass had ingested came again; nothing was left out.
        var next = 1L;
        foreach (var row in File.ReadLines(repo.Full($"{Manager}/telemetry/sequence.jsonl")))
        {
            using var document = JsonDocument.Parse(row);
            var events = document.RootElement.GetProperty("events");
            if (events.GetProperty("ingestedCount").GetInt64() > 0)
            {
                Assert.InRange(events.GetProperty("first").GetInt64(), 1, next);
                next = Math.Max(next, events.GetProperty("last").GetInt64() + 1);
            }
        }

        Assert.Equal(lines + 1, next);
    }

    [Fact]
    public async Task A_state_that_project_has_written_meanwhile_is_no_regression_of_the_log()
    {
        using var repo = new TempRepo();
        Append(repo, 1, 3);
        await PassAsync(repo);
        var readings = 0;
        var outrun = new Reconciler(files, time, Transports.Local, fold => async (loop, cancel) =>
        {
            var read = await new LoopReader(files, time, fold).ReadAsync(repo.Root, loop, cancel);
            if (++readings == 1)
            {
                // It reads the longer log and keeps its state, as `project --state-file` does; no cursor moves.
                Append(repo, 4, 6);
                Put(repo, "state.json", Read(repo, "state.json")!.Replace(
                    "\"eventLineOffset\": 3", "\"eventLineOffset\": 6", StringComparison.Ordinal));
            }

            return read;
        });

        var result = await outrun.RunAsync(Request(repo), TestContext.Current.CancellationToken);

        Assert.Equal(2, readings);
        Assert.False(result.State!.Divergence.Flags.CursorRegression);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pass_that_was_killed_between_two_files_is_done_again_without_drift(bool isFirst)
    {
        string[] order =
        [
            "health.json", "heartbeat.json", "sequence-state.json", "telemetry/transport-health.json", "telemetry/heartbeat.jsonl",
            "telemetry/sequence.jsonl", "telemetry/reconcile.jsonl", "state.json",
        ];
        for (var written = 0; written <= order.Length; written++)
        {
            using var repo = new TempRepo();
            Append(repo, 1, 3);
            if (!isFirst)
            {
                await PassAsync(repo);
                Append(repo, 4, 6);
            }

            var before = order.Append("cursor.json").ToDictionary(static name => name, name => Read(repo, name));
            await PassAsync(repo);

            // As a kill leaves it: what was to be written later, the cursor above all, is as it was.
            foreach (var name in order.Skip(written).Append("cursor.json"))
            {
                Put(repo, name, before[name]);
            }

            var again = await PassAsync(repo);

            Assert.True(again.Succeeded, again.Health.Error);
            Assert.Equal("ok", again.State!.Sequence.Status);
            Assert.Equal(isFirst ? 1 : 4, again.State.Sequence.Events.First);
            Assert.False(again.State.Divergence.Flags.CursorRegression);
            Assert.DoesNotContain("ordering_drift_detected", Read(repo, "escalations.jsonl") ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cursor_that_somebody_moved_back_is_drift()
    {
        using var repo = new TempRepo();
        Append(repo, 1, 3);
        await PassAsync(repo);
        var early = Read(repo, "cursor.json");
        Append(repo, 4, 6);
        await PassAsync(repo);
        Append(repo, 7, 9);
        await PassAsync(repo);
        Put(repo, "cursor.json", early);

        Assert.Equal("event_sequence_regression", (await PassAsync(repo)).State!.Sequence.ReasonCode);
    }

    [Fact]
    public async Task A_pass_that_another_one_has_outrun_while_it_read_reads_again()
    {
        using var repo = new TempRepo();
        Append(repo, 1, 3);
        await PassAsync(repo);
        var readings = 0;
        var outrun = new Reconciler(files, time, Transports.Local, fold => async (loop, cancel) =>
        {
            var read = await new LoopReader(files, time, fold).ReadAsync(repo.Root, loop, cancel);
            if (++readings == 1)
            {
                Append(repo, 4, 6);
                Assert.True((await PassAsync(repo)).Succeeded);
            }

            return read;
        });

        var result = await outrun.RunAsync(Request(repo), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Health.Error);
        Assert.Equal(2, readings);
        Assert.Empty(result.State!.Sequence.Violations);
        Assert.False(result.State.Divergence.Flags.CursorRegression);
        Assert.Equal(6, result.State.Cursor.EventLineOffset);
    }

    private Task<ReconcileResult> PassAsync(TempRepo repo) =>
        Reconciler.Local(files, time, repo.Root).RunAsync(Request(repo), TestContext.Current.CancellationToken);

    private static ReconcileRequest Request(TempRepo repo) => new() { Repo = repo.Root, Loop = TempRepo.Loop, TraceId = "trace-1" };

    private static Process Start(TempRepo repo) => Process.Start(new ProcessStartInfo(
        OpsManagerBinary.Path, ["reconcile", "--repo", repo.Root, "--loop", TempRepo.Loop])
    { RedirectStandardOutput = true })!;

    /// <summary>What a file of the manager is now; null where it is not there.</summary>
    private static (DateTime, long)? Stamp(TempRepo repo, string? name) =>
        name is not null && new FileInfo(repo.Full($"{Manager}/{name}")) is { Exists: true } file
            ? (file.LastWriteTimeUtc, file.Length)
            : null;

    private static long Offset(TempRepo repo)
    {
        using var cursor = JsonDocument.Parse(All(repo, "cursor.json"));
        return cursor.RootElement.GetProperty("eventLineOffset").GetInt64();
    }

    private static string All(TempRepo repo, string name) =>
        File.Exists(repo.Full($"{Manager}/{name}")) ? File.ReadAllText(repo.Full($"{Manager}/{name}")) : "";

    private static void Append(TempRepo repo, int line) => repo.Append(TempRepo.Log, Line(line));

    private static void Append(TempRepo repo, int from, int to)
    {
        for (var line = from; line <= to; line++)
        {
            Append(repo, line);
        }
    }

    private static string Line(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"timestamp":"2026-11-29T08:00:00Z","event":"role_end","run_id":"2026-11-29T08:00:00Z","iteration":{{number}}}""") + "\n";

    private static string? Read(TempRepo repo, string name) =>
        File.Exists(repo.Full($"{Manager}/{name}")) ? File.ReadAllText(repo.Full($"{Manager}/{name}")) : null;

    private static void Put(TempRepo repo, string name, string? text)
    {
        if (text is null)
        {
            File.Delete(repo.Full($"{Manager}/{name}"));
        }
        else
        {
            repo.Write($"{Manager}/{name}", text);
        }
    }
}
