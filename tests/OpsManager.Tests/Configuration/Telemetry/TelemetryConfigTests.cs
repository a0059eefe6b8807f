using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Control.Telemetry;
using Xunit;

namespace OpsManager.Tests.Configuration.Telemetry;

public sealed class TelemetryConfigTests
{
    private const string Text = "telemetry: { endpoint: 'http://127.0.0.1:4318', interval-seconds: 30 }\n";

    [Fact]
    public void Without_an_endpoint_it_is_off() => Assert.Null(UserConfig.Empty.Telemetry.Settings(static _ => null));

    [Fact]
    public void The_file_says_where_and_how_often()
    {
        var settings = Settings([])!;

        Assert.Equal(new Uri("http://127.0.0.1:4318"), settings.Endpoint);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Interval);
        Assert.Empty(settings.Headers);
    }

    [Fact]
    public void The_variables_override_it_and_add_headers()
    {
        var settings = Settings(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://otel.example.org/in",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer%20t, x-team = a=b ,nonsense,=",
        })!;

        Assert.Equal("https://otel.example.org/in/v1/traces", settings.Address("traces").ToString());
        Assert.Equal([new("authorization", "Bearer t"), new("x-team", "a=b")], settings.Headers);
        Assert.Null(Settings(new() { ["OTEL_SDK_DISABLED"] = "true" }));
    }

    [Fact]
    public void An_address_that_cannot_be_used_is_named_by_its_place_and_not_quoted()
    {
        var variable = Assert.Throws<SettingsException>(
            () => Settings(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://me:secret@otel.example.org" }));
        var file = Assert.Throws<SettingsException>(
            () => UserConfig.Read("config.yaml", "theme: dark\ntelemetry:\n  endpoint: 'ftp://secret'\n"));

        Assert.Equal("OTEL_EXPORTER_OTLP_ENDPOINT is not an address such as http://127.0.0.1:4318; telemetry is off", variable.Message);
        Assert.StartsWith("config.yaml, line 3: \"endpoint\" must be an address", file.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", variable.Message + file.Message, StringComparison.Ordinal);
    }

    private static TelemetrySettings? Settings(Dictionary<string, string> variables) =>
        UserConfig.Read("config.yaml", Text).Telemetry.Settings(variables.GetValueOrDefault);
}
