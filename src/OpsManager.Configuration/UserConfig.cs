using OpsManager.Configuration.Limits;
using OpsManager.Configuration.Nats;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Recording;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Telemetry;
using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration;

/// <summary>
/// What config.yaml chooses: <c>theme</c>, <c>keymap</c>, <c>mouse</c>, <c>notify</c>, <c>rollback</c>, <c>nats</c>, <c>sprites</c>,
/// <c>allow-links</c>, <c>record</c>, <c>record-size</c>, <c>redact</c> and <c>telemetry</c>, each optional.
/// </summary>
public sealed record UserConfig(ConfigWord? Theme, ConfigWord? Keymap)
{
    public static readonly UserConfig Empty = new(null, null);

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys =
        ["theme", "keymap", "mouse", "notify", "rollback", "nats", "sprites", "allow-links", "telemetry", .. RecordConfig.Keys];

    /// <summary>Whether the screen takes the mouse.</summary>
    public bool Mouse { get; init; }

    public NotifyConfig Notify { get; init; } = NotifyConfig.Default;

    public RollbackConfig Rollback { get; init; } = RollbackConfig.Default;

    /// <summary>The NATS server that has a fleet in a stream; null for none.</summary>
    public NatsConfig? Nats { get; init; }

    public FleetConfig Fleet { get; init; } = FleetConfig.Empty;

    public RecordConfig Record { get; init; } = RecordConfig.Default;

    public TelemetryConfig Telemetry { get; init; } = TelemetryConfig.Default;

    /// <summary>Repositories whose <c>.superloop</c> may be a link (docs/security.md, "Files of a repository"); absolute paths.</summary>
    public IReadOnlyList<string> AllowLinks { get; init; } = [];

    /// <exception cref="SettingsException">The file is no mapping, or holds another key; the message names file and line.</exception>
    public static UserConfig Read(string file, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Empty;
        }

        var root = SettingsYaml.Root(file, text);
        SettingsYaml.Only(file, root, Keys);
        return new UserConfig(Word("theme"), Word("keymap"))
        {
            Mouse = SettingsYaml.Flag(file, root, "mouse"),
            Notify = SettingsYaml.Find(root, "notify") is null ? NotifyConfig.Default : NotifyConfig.Read(file, root),
            Rollback = SettingsYaml.Find(root, "rollback") is null ? RollbackConfig.Default : RollbackConfig.Read(file, root),
            Nats = SettingsYaml.Find(root, "nats") is null ? null : NatsReader.Read(file, root),
            Fleet = SettingsYaml.Find(root, "sprites") is null ? FleetConfig.Empty : FleetConfig.Read(file, root),
            AllowLinks = SettingsYaml.Find(root, "allow-links") is { } links ? Paths(links) : [],
            Record = RecordConfig.Read(file, root),
            Telemetry = SettingsYaml.Find(root, "telemetry") is null ? TelemetryConfig.Default : TelemetryConfig.Read(file, root),
        };

        ConfigWord? Word(string key) =>
            SettingsYaml.Find(root, key) is { } node ? new ConfigWord(SettingsYaml.Scalar(file, node), file, node) : null;

        IReadOnlyList<string> Paths(YamlNode node)
        {
            var paths = SettingsYaml.Words(file, node, "allow-links", "paths");
            return paths.FirstOrDefault(static path => !SettingsYaml.IsAbsolute(path)) is { } odd
                ? throw SettingsYaml.Fault(file, node, $"{SettingsYaml.Quote(odd)} is not an absolute path")
                : paths;
        }
    }
}

/// <summary>A word of config.yaml that knows where it is.</summary>
public sealed class ConfigWord(string word, string file, YamlNode node)
{
    public string Word { get; } = word;

    public string File { get; } = file;

    public SettingsException Fault(string what) => SettingsYaml.Fault(File, node, what);
}
