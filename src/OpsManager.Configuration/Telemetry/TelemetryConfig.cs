using OpsManager.Configuration.Yaml;
using OpsManager.Control.Telemetry;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Telemetry;

/// <summary>
/// What <c>telemetry</c> in config.yaml chooses, and the variables of OpenTelemetry that override it (docs/telemetry.md).
/// </summary>
public sealed record TelemetryConfig
{
    public static readonly TelemetryConfig Default = new();

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys = ["endpoint", "interval-seconds"];

    private const int MaxInterval = 3600;
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string HeadersVariable = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string OffVariable = "OTEL_SDK_DISABLED";

    /// <summary>Where to send; null for nowhere.</summary>
    public Uri? Endpoint { get; init; }

    public int IntervalSeconds { get; init; } = 10;

    /// <summary>Reads <c>telemetry</c> of <paramref name="root"/>, which has it.</summary>
    /// <exception cref="SettingsException">It is no mapping, or has what it may not have; the message names file and line.</exception>
    public static TelemetryConfig Read(string file, YamlMappingNode root)
    {
        var node = SettingsYaml.Mapping(file, root, "telemetry");
        SettingsYaml.Only(file, node, Keys);
        // The address is not quoted: what is wrong with it may be a token in it.
        return new TelemetryConfig
        {
            Endpoint = SettingsYaml.Find(node, "endpoint") is not { } endpoint ? null
                : Address(SettingsYaml.Scalar(file, endpoint)) ?? throw SettingsYaml.Fault(
                    file, endpoint, "\"endpoint\" must be an address such as http://127.0.0.1:4318, without a user, \"?\" and \"#\""),
            IntervalSeconds = SettingsYaml.Number(file, node, "interval-seconds", MaxInterval) ?? Default.IntervalSeconds,
        };
    }

    /// <summary>What to do; null where telemetry is off.</summary>
    /// <exception cref="SettingsException">A variable cannot be used. Its value is not in the message.</exception>
    public TelemetrySettings? Settings(Func<string, string?> variable)
    {
        if (string.Equals(variable(OffVariable), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var endpoint = variable(EndpointVariable) is { Length: > 0 } text
            ? Address(text) ?? throw new SettingsException(
                $"{EndpointVariable} is not an address such as http://127.0.0.1:4318; telemetry is off")
            : Endpoint;
        return endpoint is null
            ? null
            : new TelemetrySettings(endpoint, Headers(variable(HeadersVariable)), TimeSpan.FromSeconds(IntervalSeconds));
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.Host.Length > 0
            && url.UserInfo.Length == 0 && !text.AsSpan().ContainsAny('@', '?', '#')
            ? url
            : null;

    /// <summary><c>name=value</c>, separated by commas, as OpenTelemetry has it.</summary>
    private static KeyValuePair<string, string>[] Headers(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(static pair => pair is [{ Length: > 0 }, _])
            .Select(static pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1]))),
    ];
}
