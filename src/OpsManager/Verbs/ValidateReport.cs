using System.Text.Json.Serialization;

namespace OpsManager.Verbs;

/// <summary>What <c>validate --json</c> says of one file.</summary>
/// <param name="Kind">What it is, with its version; null where it is not valid.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
internal sealed record ValidateReport(
    string File, [property: JsonPropertyName("valid")] bool IsValid, string? Kind, string? Fault);
