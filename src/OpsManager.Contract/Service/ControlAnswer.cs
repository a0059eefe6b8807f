using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Manager;

namespace OpsManager.Contract.Service;

/// <summary>What <c>POST /ops/control</c> answers with 200, 409 and 500 (docs/contract.md, "Service").</summary>
public sealed record ControlAnswer
{
    /// <summary>True with 200 only.</summary>
    public required bool Ok { get; init; }

    /// <summary>0 confirmed, or unconfirmed on request; 2 ambiguous; 1 failed.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The intent's row, as in intents.jsonl.</summary>
    public required JsonElement? Result { get; init; }

    /// <summary>What else there is to say; absent where nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stderr { get; init; }

    /// <summary>The key was answered before: this is that answer, and nothing was done now.</summary>
    public required bool Replayed { get; init; }

    public string? TraceId { get; init; }

    /// <summary>
    /// What is in force now, which may be something else than what was answered first; absent where that is unknown.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutcomeNow? Now { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
