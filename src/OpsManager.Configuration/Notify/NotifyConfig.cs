using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Manager;
using OpsManager.Control.Notify;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Notify;

/// <summary>What <c>notify</c> in config.yaml chooses: how the operator is called, and for what (docs/notify.md).</summary>
public sealed record NotifyConfig
{
    private const int MaxTimeoutSeconds = 300;
    private const int MaxPerMinute = 600;

    public static readonly NotifyConfig Default = new();

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys = ["terminal", "command", "timeout-seconds", "per-minute", "on"];

    /// <summary>Through the terminal; null where the file does not say.</summary>
    public NotificationForm? Terminal { get; init; }

    /// <summary>The operator's own command; null where there is none.</summary>
    public HookSettings? Hook { get; init; }

    /// <summary>What the operator is called for, by terminal and command alike.</summary>
    public IReadOnlyList<NoticeKind> On { get; init; } = NoticeKinds.All;

    /// <summary>The file that chose; null where none did.</summary>
    public string? File { get; init; }

    /// <summary>Reads <c>notify</c> of <paramref name="root"/>, which has it.</summary>
    /// <exception cref="SettingsException">It is no mapping, or holds another key, word or number than it may; the message
    /// names file, line and what is allowed.</exception>
    public static NotifyConfig Read(string file, YamlMappingNode root)
    {
        var node = SettingsYaml.Mapping(file, root, "notify");
        SettingsYaml.Only(file, node, Keys);
        var timeout = SettingsYaml.Number(file, node, "timeout-seconds", MaxTimeoutSeconds) ?? HookSettings.DefaultTimeoutSeconds;
        var perMinute = SettingsYaml.Number(file, node, "per-minute", MaxPerMinute) ?? HookSettings.DefaultPerMinute;
        return new NotifyConfig
        {
            Terminal = SettingsYaml.Find(node, "terminal") is { } terminal ? Form(file, terminal) : null,
            Hook = SettingsYaml.Find(node, "command") is { } command
                ? new HookSettings(
                    CommandWords.Read(file, command, "command", "[notify-send, \"ops-manager\"]"), TimeSpan.FromSeconds(timeout),
                    perMinute)
                : null,
            On = SettingsYaml.Find(node, "on") is { } kinds ? Kinds(file, kinds) : NoticeKinds.All,
            File = file,
        };
    }

    private static NotificationForm Form(string file, YamlNode node)
    {
        var word = SettingsYaml.Scalar(file, node);
        return NotificationForms.TryParse(word, out var form)
            ? form
            : throw SettingsYaml.Fault(
                file, node,
                $"there is no way {SettingsYaml.Quote(word)} to call; {NearestName.Hint(word, NotificationForms.Words, "ways")}");
    }

    private static NoticeKind[] Kinds(string file, YamlNode node)
    {
        SettingsYaml.Words(file, node, "on", $"notices, of {string.Join(", ", NoticeKinds.Words)}");
        return [.. ((YamlSequenceNode)node).Children.Select(child => Kind(file, child)).Distinct()];
    }

    private static NoticeKind Kind(string file, YamlNode node)
    {
        var word = SettingsYaml.Scalar(file, node);
        return NoticeKinds.TryParse(word, out var kind)
            ? kind
            : throw SettingsYaml.Fault(
                file, node, $"there is no notice {SettingsYaml.Quote(word)}; {NearestName.Hint(word, NoticeKinds.Words, "notices")}");
    }
}
