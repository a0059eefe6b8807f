namespace OpsManager.Control.Telemetry;

/// <summary>Where metrics and traces are sent, and how often.</summary>
/// <param name="Endpoint">
/// The base address of a collector that takes OTLP over HTTP; <c>v1/traces</c> and <c>v1/metrics</c> follow it.
/// </param>
/// <param name="Headers">Sent with every request. They may have a token, and are never shown.</param>
/// <param name="Interval">Between two requests.</param>
public sealed record TelemetrySettings(Uri Endpoint, IReadOnlyList<KeyValuePair<string, string>> Headers, TimeSpan Interval)
{
    /// <summary>The address of one signal.</summary>
    /// <param name="signal"><c>traces</c> or <c>metrics</c>.</param>
    internal Uri Address(string signal) => new($"{Endpoint.ToString().TrimEnd('/')}/v1/{signal}");
}
