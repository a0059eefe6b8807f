using System.Text.Json;

namespace OpsManager.EndToEnd.Product;

/// <summary>One <c>ops-manager control</c> of a history, and what it told.</summary>
internal sealed class RealOperator : IDisposable
{
    private readonly RunningProgram program;
    private readonly Task<(int ExitCode, string Output, string Error)> end;
    private JsonElement row;

    public RealOperator(string repo, string intent, string by, string key, IReadOnlyDictionary<string, string> environment, bool isFresh)
    {
        (Intent, By, Key, IsFresh) = (intent, by, key, isFresh);
        program = new RunningProgram(
            environment,
            "control", "--repo", repo, "--loop", LiveRepo.Loop, "--by", by, "--intent", intent, "--note", "seen", "--idempotency-key", key,
            "--timeout-seconds", "6");
        end = WaitAsync();
    }

    public string Intent { get; }

    public string By { get; }

    public string Key { get; }

    /// <summary>Its key was new.</summary>
    public bool IsFresh { get; }

    public DateTimeOffset AskedAt { get; } = DateTimeOffset.UtcNow;

    public DateTimeOffset EndedAt { get; private set; }

    public bool IsKilled { get; private set; }

    public bool HasEnded => end.IsCompleted;

    public string Error { get; private set; } = "";

    public string? Status => Field(row, "status");

    /// <summary>The key had been carried out before.</summary>
    public bool IsReplayed => Error.Contains("used before", StringComparison.Ordinal);

    /// <summary>What it said is in force now.</summary>
    public string? Now => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("now", out var now) ? Field(now, "outcome") : null;

    public async Task KillAsync()
    {
        IsKilled = true;
        await program.SignalAsync("KILL");
    }

    public async Task EndAsync()
    {
        var (_, output, error) = await end;
        Error = error;
        if (!IsKilled && output.Length > 0)
        {
            row = JsonDocument.Parse(output).RootElement;
        }
    }

    public void Dispose() => program.Dispose();

    public override string ToString() =>
        $"{AskedAt:mm:ss.fff}-{EndedAt:mm:ss.fff} {Intent} by {By}, key {Key}{(IsKilled ? ", killed" : "")}: {Status} now {Now} "
            + $"{Error.Trim()}";

    private async Task<(int ExitCode, string Output, string Error)> WaitAsync()
    {
        var ended = await program.EndAsync();
        EndedAt = DateTimeOffset.UtcNow;
        return ended;
    }

    private static string? Field(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
