using OpsManager.Contract.Words;

namespace OpsManager.Control.Telemetry;

/// <summary>One line of a log file.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Level">One of <see cref="LogLevels"/>.</param>
/// <param name="Event">What happened, as a name that never changes.</param>
/// <param name="Fields">The rest, in their order; what is null is left out.</param>
internal sealed record LogEntry(
    DateTimeOffset At, string Level, string Event, string? Repository, string? Loop, IReadOnlyList<(string Name, string? Value)> Fields)
{
    /// <summary>The contract's trace id; null where there is none.</summary>
    public string? TraceId { get; init; }
}

/// <summary>How much an entry matters.</summary>
public static class LogLevels
{
    public const string Info = SeverityWords.Info;
    public const string Warning = SeverityWords.Warning;
    public const string Error = SeverityWords.Error;
}
