using System.Text.Json.Serialization;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>JSON of verbs that speak of the program itself and not of a loop.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KeysReport))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class CliJson : JsonSerializerContext;
