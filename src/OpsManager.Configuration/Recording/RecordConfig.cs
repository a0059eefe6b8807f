using System.Text.RegularExpressions;
using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Recording;

/// <summary>What <c>redact</c> in config.yaml chooses: what recordings redact beside the known patterns (docs/recording.md).</summary>
public sealed record RecordConfig
{
    public static readonly RecordConfig Default = new();

    /// <summary>The keys that it may have in config.yaml.</summary>
    internal static readonly string[] Keys = ["redact"];

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>Regular expressions whose time grows with the text only.</summary>
    public IReadOnlyList<string> Redact { get; init; } = [];

    /// <exception cref="SettingsException">A pattern is none; the message names file and line.</exception>
    public static RecordConfig Read(string file, YamlMappingNode root) =>
        SettingsYaml.Find(root, "redact") is { } patterns ? new RecordConfig { Redact = Patterns(file, patterns) } : Default;

    private static IReadOnlyList<string> Patterns(string file, YamlNode node)
    {
        var patterns = SettingsYaml.Words(file, node, "redact", "regular expressions");
        foreach (var pattern in patterns)
        {
            try
            {
                _ = new Regex(pattern, RegexOptions.NonBacktracking, MaxTime);
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                throw SettingsYaml.Fault(file, node, $"{SettingsYaml.Quote(pattern)} cannot be used: {error.Message.TrimEnd('.')}");
            }
        }

        return patterns;
    }
}
