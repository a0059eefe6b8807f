using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Envelopes;

/// <summary>One complete line of events.jsonl: <c>loop_run_event</c> of docs/contract.md.</summary>
public sealed record EventEnvelope
{
    public required string SchemaVersion { get; init; }

    public required string EnvelopeType { get; init; }

    public required DateTimeOffset EmittedAt { get; init; }

    /// <summary>Always written; absent where an older tool wrote it.</summary>
    public string? TraceId { get; init; }

    public required SourceRef Source { get; init; }

    public required SequenceRef Sequence { get; init; }

    public required CursorRef Cursor { get; init; }

    public required EventRun Run { get; init; }

    public required EventBody Event { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The run that the event belongs to, as the line itself says.</summary>
public sealed record EventRun
{
    public required string RunId { get; init; }

    public required long Iteration { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The event; <c>Payload</c> is the line's <c>data</c>, <c>Raw</c> the whole line.</summary>
public sealed record EventBody
{
    public required string Timestamp { get; init; }

    public required string Name { get; init; }

    public required string? Role { get; init; }

    public required string? Status { get; init; }

    public required string? Message { get; init; }

    public required JsonElement? Payload { get; init; }

    public required JsonElement Raw { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
