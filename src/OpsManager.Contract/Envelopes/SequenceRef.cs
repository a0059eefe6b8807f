using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Envelopes;

/// <summary>The number that orders envelopes: complete event lines for a snapshot, the line number for an event.</summary>
public sealed record SequenceRef
{
    public required string Source { get; init; }

    public required long Value { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }

    public static SequenceRef At(long value) => new() { Source = ContractVersion.SequenceSource, Value = value };
}

/// <summary>Where an envelope is in the event log; both numbers count complete lines from 1.</summary>
public sealed record CursorRef
{
    public required long EventLineOffset { get; init; }

    /// <summary>Always written; absent where an older tool wrote it.</summary>
    public long? EventLineCount { get; init; }

    /// <summary>Complete lines that the log had, as far as this says.</summary>
    [JsonIgnore] public long Lines => EventLineCount ?? EventLineOffset;

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
