using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Contract.Service;

/// <summary>
/// What <c>GET /ops/events</c> answers: the envelopes behind a cursor, and the cursor behind them (docs/contract.md,
/// "Service").
/// </summary>
public sealed record EventPage
{
    public bool Ok { get; init; } = true;

    public required string SchemaVersion { get; init; }

    public string? TraceId { get; init; }

    public required SourceRef Source { get; init; }

    public required IReadOnlyList<EventEnvelope> Events { get; init; }

    public required PageCursor Cursor { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Where reading goes on: lines handed out so far, of how many complete ones.</summary>
public sealed record PageCursor
{
    public required long EventLineOffset { get; init; }

    public required long EventLineCount { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
