using System.Diagnostics;
using System.Text.Json;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>What a builder does on an ordinary day, on real runs, while the real program watches: only the kill is worth a word.</summary>
public sealed class QuietTests : IDisposable
{
    private const string Loop = "checkout-flow";

    private readonly RuntimeRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public async Task Starting_deciding_running_again_and_cancelling_raise_nothing_and_a_kill_raises_one_alert()
    {
        await repo.RunToEndAsync("invoice-export", "idle");
        using var watch = new RunningProgram("watch", "--json", "--repo", repo.Root);
        await Lifecycle(watch, "idle", "invoice-export");

        var run = repo.RunToEndAsync(Loop, "approval");
        await Lifecycle(watch, "running");
        await Lifecycle(watch, "awaiting_approval");
        await run;
        await ControlAsync("approve");
        await Lifecycle(watch, "idle");

        run = repo.RunToEndAsync(Loop, "complete");
        await Lifecycle(watch, "running");
        await Lifecycle(watch, "complete");
        await run;

        run = repo.RunToEndAsync(Loop, "approval");
        await Lifecycle(watch, "running");
        await Lifecycle(watch, "awaiting_approval");
        await run;
        await ControlAsync("reject", "--note", "the tests are missing");
        await Lifecycle(watch, "idle");

        run = repo.RunToEndAsync(Loop, "complete");
        await Lifecycle(watch, "running");
        await Lifecycle(watch, "complete");
        await run;

        await AtWorkAsync();
        await Lifecycle(watch, "running");
        await ControlAsync("cancel");
        await Lifecycle(watch, "stopped");
        Assert.Equal("stopped", (await LoopAsync()).GetProperty("lifecycle").GetString());
        Assert.All(
            watch.Seen.Where(static line => line.Contains("\"loop\":\"invoice-export\"", StringComparison.Ordinal)),
            static line => Assert.Contains("\"kind\":\"lifecycle\",\"what\":\"idle\"", line, StringComparison.Ordinal));
        Assert.Matches(@"^cancelled by ada at \d\d:\d\d:\d\dZ$", (await AssessmentAsync()).GetProperty("reason").GetString());

        var killed = await AtWorkAsync();
        await Lifecycle(watch, "running");
        Assert.Empty(Worrying(watch));

        killed.Kill();
        await Lifecycle(watch, "failed");
        await watch.LineAsync("\"process_gone\"");
        Assert.Equal(["lifecycle failed", "finding process_gone error"], Worrying(watch));
    }

    [Fact]
    public async Task The_header_calls_a_cancelled_run_healthy_and_a_killed_one_failed()
    {
        await AtWorkAsync();
        await using var screen = await TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --repo {repo.Root} --by ada; exec sh",
            120,
            40,
            Cancel,
            new Dictionary<string, string?> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path });
        await Shows(screen, "healthy · 1 running", "nothing is wrong");

        await ControlAsync("cancel");
        await Shows(screen, "stopped", "cancelled by ada at", "healthy", "nothing is wrong", "explained: a cancel removes");
        Assert.DoesNotContain("degraded", (await screen.CaptureAsync(Cancel)).Split('\n')[0], StringComparison.Ordinal);

        var killed = await AtWorkAsync();
        await Shows(screen, "healthy · 1 running");
        killed.Kill();
        var shown = await Shows(screen, "1 failed", "process_gone");
        Assert.DoesNotContain("healthy", shown.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("ALERTS (4) ", shown, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The next change of the loop's lifecycle to this word.</summary>
    private static Task<string> Lifecycle(RunningProgram watch, string word, string loop = Loop) =>
        watch.LineAsync($"\"loop\":\"{loop}\",\"kind\":\"lifecycle\",\"what\":\"{word}\"");

    /// <summary>Everything that was told and is not a lifecycle in order, an alert that went, or good health.</summary>
    private static string[] Worrying(RunningProgram watch) =>
        [.. watch.Seen.Select(static line => JsonDocument.Parse(line).RootElement).Select(Words).Where(static words => !IsInOrder(words))];

    private static string Words(JsonElement line)
    {
        string[] names = ["kind", "what", "severity"];
        return string.Join(' ', names.Select(name => line.TryGetProperty(name, out var word) ? word.GetString() : null).OfType<string>());
    }

    private static bool IsInOrder(string words) =>
        words == "health healthy" || words.StartsWith("cleared ", StringComparison.Ordinal)
        || (words.StartsWith("lifecycle ", StringComparison.Ordinal) && words != "lifecycle failed");

    private static bool IsInSecondIteration(string line) =>
        line.EndsWith('}') && line.Contains("\"iteration\":2,\"role\":\"implementer\"", StringComparison.Ordinal);

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), TimeSpan.FromSeconds(30), Cancel);

    private async Task ControlAsync(string intent, params string[] more)
    {
        using var control = new RunningProgram(
            new Dictionary<string, string> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path },
            ["control", "--repo", repo.Root, "--loop", Loop, "--by", "ada", "--intent", intent, .. more]);
        var (code, _, error) = await control.EndAsync();
        Assert.True(code == 0, error);
    }

    /// <summary>Starts a run, until it has got so far that it works until it is stopped.</summary>
    private async Task<Process> AtWorkAsync()
    {
        var log = Path.Combine(repo.Root, ".superloop", "loops", Loop, "events.jsonl");
        var before = File.Exists(log) ? (await File.ReadAllLinesAsync(log, Cancel)).Length : 0;
        var run = repo.Run(Loop, "wait");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(File.Exists(log) && (await File.ReadAllLinesAsync(log, Cancel)).Skip(before).Any(IsInSecondIteration)))
        {
            await glances.WaitForNextTickAsync(limit.Token);
        }

        return run;
    }

    private async Task<JsonElement> LoopAsync()
    {
        using var loops = new RunningProgram("loops", "--json", "--repo", repo.Root);
        var (_, output, _) = await loops.EndAsync();
        return JsonDocument.Parse(output).RootElement.GetProperty("loops").EnumerateArray()
            .Single(static loop => loop.GetProperty("loopId").GetString() == Loop);
    }

    private async Task<JsonElement> AssessmentAsync()
    {
        using var reconcile = new RunningProgram("reconcile", "--repo", repo.Root, "--loop", Loop);
        var (code, output, error) = await reconcile.EndAsync();
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement.GetProperty("assessment");
    }
}
