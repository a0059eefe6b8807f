using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Fleet;

/// <summary>What a publisher says of itself on its subject (docs/fleet.md, "Messages").</summary>
public sealed record PublisherNote
{
    /// <summary>Another sprite publishes under the same name.</summary>
    public PublisherConflict? Conflict { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What stands on the bus is not what the publisher's own log has there, so it has stopped to publish the loop.</summary>
/// <param name="Line">The line that differs, from 1.</param>
/// <param name="Publisher">The one that says so.</param>
/// <param name="Other">The one that published the line; null where the message does not say.</param>
public sealed record PublisherConflict(string Loop, long Line, string Publisher, string? Other = null, DateTimeOffset At = default);
