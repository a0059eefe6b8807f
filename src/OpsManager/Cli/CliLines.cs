using System.Text.Json.Serialization;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>JSON of verbs that print a line for each thing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ValidateReport))]
[JsonSerializable(typeof(RecordReport))]
internal sealed partial class CliLines : JsonSerializerContext;
