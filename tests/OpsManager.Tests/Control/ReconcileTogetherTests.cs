using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Control.Reconcile;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Tests.Sources;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Control;

/// <summary>
/// Several passes over one loop, and passes that were ended in the middle: nothing has drifted, and nobody says so (docs/contract.md,
/// "Cursor file").
/// </summary>
public sealed class ReconcileTogetherTests
{
    private static readonly string Manager = ArtifactPaths.Manager(Shell.Loop);

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
            using var shell = Shell.At("completes", atMs: -1);
            Append(shell, 1, 3);
            if (!isFirst)
            {
                await shell.LoopAsync("reconcile");
                Append(shell, 4, 6);
            }

            var before = order.Append("cursor.json").ToDictionary(static name => name, name => Read(shell, name));
            await shell.LoopAsync("reconcile");

            // As a kill leaves it: what was to be written later, the cursor above all, is as it was.
            foreach (var name in order.Skip(written).Append("cursor.json"))
            {
                Put(shell, name, before[name]);
            }

            var again = await shell.LoopAsync("reconcile");

            Assert.Equal(0, again.ExitCode);
            using var state = JsonDocument.Parse(again.Output);
            Assert.Equal("ok", state.RootElement.GetProperty("sequence").GetProperty("status").GetString());
            Assert.Equal(isFirst ? 1 : 4, state.RootElement.GetProperty("sequence").GetProperty("events").GetProperty("first").GetInt64());
            Assert.False(state.RootElement.GetProperty("divergence").GetProperty("flags").GetProperty("cursorRegression").GetBoolean());
            Assert.DoesNotContain("ordering_drift_detected", Read(shell, "escalations.jsonl") ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cursor_that_somebody_moved_back_is_drift()
    {
        using var shell = Shell.At("completes", atMs: -1);
        Append(shell, 1, 3);
        await shell.LoopAsync("reconcile");
        var early = Read(shell, "cursor.json");
        Append(shell, 4, 6);
        await shell.LoopAsync("reconcile");
        Append(shell, 7, 9);
        await shell.LoopAsync("reconcile");
        Put(shell, "cursor.json", early);

        using var state = JsonDocument.Parse((await shell.LoopAsync("reconcile")).Output);

        Assert.Equal("event_sequence_regression", state.RootElement.GetProperty("sequence").GetProperty("reasonCode").GetString());
    }

    [Fact]
    public async Task A_pass_that_another_one_has_outrun_while_it_read_reads_again()
    {
        using var shell = Shell.At("completes", atMs: -1);
        Append(shell, 1, 3);
        await shell.LoopAsync("reconcile");
        var files = new HostFileSystem();
        var readings = 0;
        var outrun = new Reconciler(files, shell.Time, Transports.Local, fold => async (loop, cancel) =>
        {
            var read = await new LoopReader(files, shell.Time, fold).ReadAsync(shell.Root, loop, cancel);
            if (++readings == 1)
            {
                Append(shell, 4, 6);
                Assert.Equal(0, (await shell.LoopAsync("reconcile")).ExitCode);
            }

            return read;
        });

        var request = new ReconcileRequest { Repo = shell.Root, Loop = Shell.Loop, TraceId = "trace-1" };
        var result = await outrun.RunAsync(request, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Health.Error);
        Assert.Equal(2, readings);
        Assert.Empty(result.State!.Sequence.Violations);
        Assert.False(result.State.Divergence.Flags.CursorRegression);
        Assert.Equal(6, result.State.Cursor.EventLineOffset);
    }

    private static Process Start(TempRepo repo) => Process.Start(new ProcessStartInfo(
        OpsManagerBinary.Path, ["reconcile", "--repo", repo.Root, "--loop", TempRepo.Loop])
    { RedirectStandardOutput = true })!;

    private static long Offset(TempRepo repo)
    {
        using var cursor = JsonDocument.Parse(All(repo, "cursor.json"));
        return cursor.RootElement.GetProperty("eventLineOffset").GetInt64();
    }

    private static string All(TempRepo repo, string name) =>
        File.Exists(repo.Full($"{Manager}/{name}")) ? File.ReadAllText(repo.Full($"{Manager}/{name}")) : "";

    private static void Append(TempRepo repo, int line) => repo.Append(TempRepo.Log, Line(line));

    private static void Append(Shell shell, int from, int to)
    {
        for (var line = from; line <= to; line++)
        {
            shell.Append(ArtifactPaths.Events(Shell.Loop), Line(line));
        }
    }

    private static string Line(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"timestamp":"2026-11-29T08:00:00Z","event":"role_end","run_id":"2026-11-29T08:00:00Z","iteration":{{number}}}""") + "\n";

    private static string? Read(Shell shell, string name) =>
        File.Exists(shell.Full($"{Manager}/{name}")) ? shell.Read($"{Manager}/{name}") : null;

    private static void Put(Shell shell, string name, string? text)
    {
        if (text is null)
        {
            File.Delete(shell.Full($"{Manager}/{name}"));
        }
        else
        {
            shell.Write($"{Manager}/{name}", text);
        }
    }
}
