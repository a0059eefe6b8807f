using System.Text.RegularExpressions;
using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Recording;

/// <summary>
/// What <c>record</c>, <c>record-size</c> and <c>redact</c> in config.yaml choose: what the screen records, and what recordings redact
/// beside the known patterns (docs/recording.md).
/// </summary>
public sealed record RecordConfig
{
    public static readonly RecordConfig Default = new();

    /// <summary>The keys that it may have in config.yaml.</summary>
    internal static readonly string[] Keys = ["record", "record-size", "redact"];

    private const int MaxSize = 1024 * 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>Regular expressions whose time grows with the text only.</summary>
    public IReadOnlyList<string> Redact { get; init; } = [];

    /// <summary>The screen keeps the last hours of what it watches on this host.</summary>
    public bool IsAlways { get; init; }

    /// <summary>Bytes on disk that this may take, of all repositories together.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <exception cref="SettingsException">A value is none; the message names file and line.</exception>
    public static RecordConfig Read(string file, YamlMappingNode root) => new()
    {
        IsAlways = IsOn(file, root),
        MaxBytes = SettingsYaml.Number(file, root, "record-size", MaxSize) is { } size ? size * 1024L * 1024 : Default.MaxBytes,
        Redact = SettingsYaml.Find(root, "redact") is { } patterns ? Patterns(file, patterns) : [],
    };

    private static bool IsOn(string file, YamlMappingNode root) =>
        SettingsYaml.Find(root, "record") is { } node && SettingsYaml.Scalar(file, node) switch
        {
            "always" => true,
            "off" => false,
            _ => throw SettingsYaml.Fault(file, node, "\"record\" must be always or off"),
        };

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
