using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Control.Escalate;
using OpsManager.Control.Storage;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Control.Tests.Escalate;

/// <summary>escalations.jsonl: a row for each transition, once, whoever sees it and however often a manager is started.</summary>
public sealed class EscalationsTests : IDisposable
{
    private static readonly Escalation Drift = new("ordering_drift_detected", "out of order", []);
    private static readonly Escalation Degraded = new("health_degraded", "degraded: x", [], ["x"]);

    private readonly TempRepo repo = new();
    private readonly HostFileSystem files = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => repo.Dispose();

    [Fact]
    public void What_holds_on_is_told_once_and_again_when_it_comes_back()
    {
        Assert.True(Update(Drift, Degraded));
        Assert.True(Update(Degraded, Drift));
        Assert.Equal(["ordering_drift_detected", "health_degraded"], Told);
        Assert.Equal("health_degraded ordering_drift_detected at 08:00:00", Active);

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(Update(Degraded));
        Assert.Equal(2, Told.Length);
        Assert.Equal("health_degraded at 08:00:05", Active);

        Assert.True(Update(Drift, Degraded));
        Assert.Equal(["ordering_drift_detected", "health_degraded", "ordering_drift_detected"], Told);

        Assert.True(Update());
        Assert.Equal(" at 08:00:05", Active);
    }

    [Fact]
    public void A_row_says_when_what_and_why()
    {
        Update(Degraded);

        using var row = JsonDocument.Parse(File.ReadLines(Full("escalations.jsonl")).Single());
        Assert.Equal(
            ["2026-11-29T08:00:00Z", TempRepo.Loop, "trace-1", "health_degraded", "degraded: x"],
            new[] { "timestamp", "loopId", "traceId", "category", "why" }.Select(name => row.RootElement.GetProperty(name).GetString()));
        Assert.Equal("""["x"]""", row.RootElement.GetProperty("reasonCodes").GetRawText());
    }

    [Fact]
    public void Where_nothing_holds_and_nothing_held_no_file_is_written()
    {
        Assert.True(Update());

        Assert.False(File.Exists(Full("escalations.jsonl")));
        Assert.False(File.Exists(Full("telemetry/escalation-state.json")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"active":7}""")]
    public void A_record_of_what_holds_that_cannot_be_read_is_made_again_and_what_holds_is_told_once_more(string text)
    {
        Update(Drift);
        repo.Write($"{ArtifactPaths.Manager(TempRepo.Loop)}/telemetry/escalation-state.json", text);

        Assert.True(Update(Drift));
        Assert.True(Update(Drift));

        Assert.Equal(["ordering_drift_detected", "ordering_drift_detected"], Told);
    }

    [Fact]
    public void While_another_manager_is_at_it_nothing_is_told_and_it_is_told_later()
    {
        var kept = new ManagerFiles(files, repo.Root, TempRepo.Loop);
        using (LoopLock.TryTake(files, kept))
        {
            Assert.False(Update(Drift));
            Assert.False(File.Exists(Full("escalations.jsonl")));
        }

        Assert.True(Update(Drift));
        Assert.Equal(["ordering_drift_detected"], Told);
    }

    [Fact]
    public void Who_holds_the_lock_already_tells_the_same()
    {
        var kept = new ManagerFiles(files, repo.Root, TempRepo.Loop);
        using (var held = LoopLock.TryTake(files, kept)!)
        {
            Create().Update(held, [Drift], "trace-1");
        }

        Assert.True(Update(Drift));
        Assert.Equal(["ordering_drift_detected"], Told);
    }

    private string[] Told => [.. File.ReadLines(Full("escalations.jsonl")).Select(static line =>
    {
        using var row = JsonDocument.Parse(line);
        return row.RootElement.GetProperty("category").GetString()!;
    })];

    private string Active
    {
        get
        {
            using var state = JsonDocument.Parse(File.ReadAllText(Full("telemetry/escalation-state.json")));
            var words = state.RootElement.GetProperty("active").EnumerateArray().Select(static word => word.GetString());
            return $"{string.Join(' ', words)} at {state.RootElement.GetProperty("updatedAt").GetDateTimeOffset():HH:mm:ss}";
        }
    }

    private string Full(string name) => repo.Full($"{ArtifactPaths.Manager(TempRepo.Loop)}/{name}");

    private Escalations Create() => new(files, time, repo.Root, TempRepo.Loop);

    private bool Update(params Escalation[] now) => Create().Update(now, "trace-1");
}
