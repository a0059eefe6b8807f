using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using OpsManager.Configuration;
using OpsManager.Configuration.Limits;
using OpsManager.Configuration.Nats;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Telemetry;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Fleet;
using OpsManager.Contract.Manager;
using OpsManager.Sources.Nats;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Tests.Configuration;

/// <summary>docs/configuration.md and its JSON Schema say what the reader takes.</summary>
public sealed partial class ConfigSchemaTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> KeysOf = new(StringComparer.Ordinal)
    {
        [""] = UserConfig.Keys,
        ["notify"] = NotifyConfig.Keys,
        ["rollback"] = RollbackConfig.Keys,
        ["telemetry"] = TelemetryConfig.Keys,
        ["nats"] = NatsReader.Keys,
        ["nats-tls"] = NatsReader.TlsKeys,
        ["sprite"] = SpriteReader.Keys,
        ["platform"] = SpriteReader.PlatformKeys,
        ["token"] = TokenReader.Keys,
    };

    private static readonly string Page = File.ReadAllText(RepoRoot.Combine("docs", "configuration.md"));

    private static readonly JObject Schema = JObject.Parse(File.ReadAllText(RepoRoot.Combine("docs", "schemas", "config.v1.schema.json")));

    [Fact]
    public void The_schema_has_every_key_of_the_reader_and_no_other()
    {
        foreach (var (name, keys) in KeysOf)
        {
            var part = Part(name);
            Assert.Equal(
                keys.Order(StringComparer.Ordinal),
                ((JObject)part["properties"]!).Properties().Select(static property => property.Name).Order(StringComparer.Ordinal));
            Assert.False((bool)part["additionalProperties"]!);
        }
    }

    [Fact]
    public void The_page_has_every_key_of_the_reader_and_no_other()
    {
        string[] known =
        [
            .. UserConfig.Keys,
            .. NotifyConfig.Keys.Select(static key => $"notify.{key}"),
            .. RollbackConfig.Keys.Select(static key => $"rollback.{key}"),
            .. TelemetryConfig.Keys.Select(static key => $"telemetry.{key}"),
            .. NatsReader.Keys.Select(static key => $"nats.{key}"),
            .. NatsReader.TlsKeys.Select(static key => $"nats.tls.{key}"),
            .. SpriteReader.Keys.Select(static key => $"sprites.NAME.{key}"),
            .. SpriteReader.PlatformKeys.Select(static key => $"sprites.NAME.platform.{key}"),
        ];
        var settings = Page[Page.IndexOf(
            "| key | type |", StringComparison.Ordinal)..Page.IndexOf("## Themes and keymaps", StringComparison.Ordinal)];

        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            KeyRow().Matches(settings).Select(static row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_example_of_the_page_has_every_key_and_suits_schema_and_reader()
    {
        var from = Page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var text = Page[from..Page.IndexOf("```", from, StringComparison.Ordinal)];
        var config = UserConfig.Read("config.yaml", text);
        var example = (JObject)Json(SettingsYaml.Root("config.yaml", text));

        Assert.Equal(["shop", "search", "billing"], config.Fleet.Sprites.Select(static sprite => sprite.Name));
        Assert.Equal(UserConfig.Keys.Order(), example.Properties().Select(static property => property.Name).Order());
        Assert.Equal(SpriteReader.Keys.Order(), ((JObject)example["sprites"]!)
            .Properties()
            .SelectMany(static sprite => ((JObject)sprite.Value).Properties())
            .Select(static key => key.Name)
            .Distinct()
            .Order());
        var schema = await JsonSchema.FromJsonAsync(Schema.ToString(), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(example.ToString(Formatting.None)));
    }

    [Theory]
    [InlineData("notify", "timeout-seconds")]
    [InlineData("notify", "per-minute")]
    [InlineData("rollback", "checks")]
    [InlineData("rollback", "seconds")]
    [InlineData("rollback", "every-seconds")]
    [InlineData("telemetry", "interval-seconds")]
    public void A_number_is_taken_from_its_minimum_to_its_maximum(string part, string key)
    {
        var property = Part(part)["properties"]![key]!;
        var (min, max) = ((int)property["minimum"]!, (int)property["maximum"]!);

        Read(min);
        Read(max);
        Assert.Throws<SettingsException>(() => Read(min - 1));
        Assert.Throws<SettingsException>(() => Read(max + 1));

        void Read(int value) =>
            UserConfig.Read("config.yaml", string.Create(CultureInfo.InvariantCulture, $"{part}: {{ {key}: {value} }}\n"));
    }

    [Fact]
    public void Words_and_defaults_are_those_of_the_reader()
    {
        Assert.Equal(NotificationForms.Words, Words("notify", "terminal"));
        Assert.Equal(NoticeKinds.Words, Words("notify", "on"));
        Assert.Equal(SpriteReader.Stages, Words("sprite", "stage"));
        Assert.Equal(ColorNames.All, Words("sprite", "color"));
        Assert.Equal(SpriteConfig.DefaultObjective, (decimal)Part("sprite")["properties"]!["objective"]!["default"]!);
        Assert.Equal(PlatformConfig.DefaultApi, new Uri((string)Part("platform")["properties"]!["api"]!["default"]!));
        var rollback = Part("rollback")["properties"]!;
        Assert.Equal(
            (
                RollbackConfig.Default.Limits.Checks, RollbackConfig.Default.Limits.For.TotalSeconds,
                RollbackConfig.Default.Check.Every.TotalSeconds),
            (
                (int)rollback["checks"]!["default"]!, (double)rollback["seconds"]!["default"]!,
                (double)rollback["every-seconds"]!["default"]!));
        var nats = Part("nats")["properties"]!;
        Assert.Equal(
            (NatsSettings.DefaultStream, FleetSubject.DefaultPrefix),
            ((string)nats["stream"]!["default"]!, (string)nats["prefix"]!["default"]!));
        Assert.Equal(TelemetryConfig.Default.IntervalSeconds, (int)Part("telemetry")["properties"]!["interval-seconds"]!["default"]!);
    }

    private static JToken Part(string name) => name.Length == 0 ? Schema : Schema["definitions"]![name]!;

    private static IEnumerable<string> Words(string part, string key)
    {
        var property = Part(part)["properties"]![key]!;
        return (property["enum"] ?? property["items"]!["enum"])!.Values<string>()!;
    }

    private static JToken Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping =>
            new JObject(mapping.Children.Select(static entry => new JProperty(((YamlScalarNode)entry.Key).Value!, Json(entry.Value)))),
        YamlSequenceNode list => new JArray(list.Children.Select(Json)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } word => new JValue(word.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } word
            when decimal.TryParse(word.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) =>
            number == decimal.Truncate(number) ? new JValue((long)number) : new JValue(number),
        YamlScalarNode word => new JValue(word.Value),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex KeyRow();
}
