using System.Text.Json;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real <c>watch</c> notices that a confirmed decision was overruled, and adds that once where it may.</summary>
public sealed class OverruledWatchTests : IDisposable
{
    private const string Rows = $"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl";

    private readonly LiveRepo repo = new();

    public OverruledWatchTests()
    {
        repo.AskApproval();
        var approval = JsonDocument.Parse(repo.Read($"loops/{LiveRepo.Loop}/approval.json")).RootElement;
        var asked = approval.GetProperty("requested_at").GetString()!;
        Append("started", asked, "");
        repo.DecideApproval("approved", "ada");
        Append("finished", asked, ""","outcome":"observed","evidence":[{"source":"approval","fact":"approved by ada"}]""");
    }

    public void Dispose() => repo.Dispose();

    [Fact]
    public async Task Two_that_watch_show_it_and_add_it_once()
    {
        using var one = new RunningProgram("watch", "--lines", "--repo", repo.Root);
        using var two = new RunningProgram("watch", "--lines", "--repo", repo.Root);
        await one.LineAsync("lifecycle");
        await two.LineAsync("lifecycle");
        repo.DecideApproval("rejected", "bob");

        await one.LineAsync("bob has rejected it");
        await two.LineAsync("bob has rejected it");

        // One of the two may still have the lock while the other shows it; its row is there when both have seen the health.
        await one.LineAsync("control_ambiguous");
        await two.LineAsync("control_ambiguous");
        Assert.Equal(["started", "finished", "late"], await PhasesAsync(3));
    }

    [Fact]
    public async Task With_read_only_it_is_only_shown()
    {
        using var watch = new RunningProgram("watch", "--lines", "--read-only", "--repo", repo.Root);
        await watch.LineAsync("lifecycle");
        repo.DecideApproval("rejected", "bob");

        await watch.LineAsync("bob has rejected it");

        Assert.Equal(["started", "finished"], await PhasesAsync(2));
        Assert.False(repo.Has($"ops-manager/{LiveRepo.Loop}/escalations.jsonl"));
    }

    [Fact]
    public async Task Where_it_cannot_be_kept_it_is_shown_all_the_same()
    {
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop, "manager.lock"));
        using var watch = new RunningProgram("watch", "--lines", "--repo", repo.Root);
        await watch.LineAsync("lifecycle");
        repo.DecideApproval("rejected", "bob");

        await watch.LineAsync("bob has rejected it");

        Assert.Equal(["started", "finished"], await PhasesAsync(2));
    }

    /// <summary>The phases of the record, when there are so many.</summary>
    private async Task<string?[]> PhasesAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var rows = repo.Read(Rows).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (rows.Length >= count)
            {
                return [.. rows.Select(static row => JsonDocument.Parse(row).RootElement.GetProperty("phase").GetString())];
            }

            Assert.True(await glances.WaitForNextTickAsync(limit.Token));
        }
    }

    private void Append(string phase, string asked, string more)
    {
        var aim = $$"""{"runId":"{{repo.RunId}}","iteration":1,"at":"{{asked}}","events":2,"requestedAt":"{{asked}}"}""";
        var who = $$"""
            "loopId":"{{LiveRepo.Loop}}","idempotencyKey":"k1","intent":"approve","requestedBy":"ada"
            """;
        repo.AppendRow(
            "telemetry/control.jsonl",
            $$"""{"timestamp":"{{asked}}","phase":"{{phase}}",{{who}},"timeoutSeconds":30,"exitCode":0,"aim":{{aim}}{{more}}}""");
    }
}
