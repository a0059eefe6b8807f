namespace OpsManager.Sources.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">
/// As it exited; 128 and the signal's number where a signal ended it; null where it was not started, had to be killed, or nobody
/// knows.
/// </param>
/// <param name="Fault">
/// What went wrong, as the words behind the program's name ("is not on PATH"); null where it exited by itself, with whatever code.
/// </param>
public sealed record ChildResult(int? ExitCode, string? Fault)
{
    /// <summary>Whether it ran at all.</summary>
    public bool WasStarted { get; init; } = true;

    /// <summary>The beginning of its standard output.</summary>
    public ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>Nobody can write more of it. Errors may still be held: a master connection of ssh does that for hours.</summary>
    public bool HasAllOutput { get; init; }

    /// <summary>It wrote more than was kept.</summary>
    public bool IsOutputCut { get; init; }

    /// <summary>The beginning of its standard error.</summary>
    public ReadOnlyMemory<byte> Errors { get; init; }

    /// <summary>
    /// Ends when nobody can write to its streams. Where it has not ended yet, something that the program left behind holds
    /// them; what that writes is read and dropped, and costs a thread.
    /// </summary>
    public Task StreamsEnd { get; init; } = Task.CompletedTask;

    internal static ChildResult NotStarted(string fault) => new(null, fault) { WasStarted = false };
}
