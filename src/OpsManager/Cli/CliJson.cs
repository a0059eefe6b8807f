using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>JSON of verbs that speak of the program itself and not of a loop.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KeysReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(InfoReport))]
[JsonSerializable(typeof(SamplesReport))]
[JsonSerializable(typeof(ExplainReport))]
[JsonSerializable(typeof(DiffReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    private static CliJson? plain;

    /// <summary>
    /// Signs such as + and &lt; stand as they are. For text that is clean: bidirectional overrides stand as they are too.
    /// </summary>
    public static CliJson Plain =>
        plain ??= new CliJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
