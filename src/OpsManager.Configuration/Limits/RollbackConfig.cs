using OpsManager.Configuration.Yaml;
using OpsManager.Core.Rules.Rollout;
using OpsManager.Sources.Check;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Limits;

/// <summary>
/// What <c>rollback</c> in config.yaml chooses: how many differing checks roll a loop back, and how often a loop is checked
/// (docs/rollout.md).
/// </summary>
public sealed record RollbackConfig
{
    private const int MaxChecks = 100;
    private const int MaxSeconds = 3600;

    public static readonly RollbackConfig Default = new();

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys = ["checks", "seconds", "every-seconds"];

    public RollbackLimits Limits { get; init; } = RollbackLimits.Default;

    public CheckOptions Check { get; init; } = CheckOptions.Default;

    /// <summary>Reads <c>rollback</c> of <paramref name="root"/>, which has it.</summary>
    /// <exception cref="SettingsException">It is no mapping, or holds another key or number than it may; the message names file
    /// and line.</exception>
    public static RollbackConfig Read(string file, YamlMappingNode root)
    {
        var node = SettingsYaml.Mapping(file, root, "rollback");
        SettingsYaml.Only(file, node, Keys);
        var limits = RollbackLimits.Default;
        limits = SettingsYaml.Number(file, node, "checks", MaxChecks) is { } checks ? limits with { Checks = checks } : limits;
        limits = SettingsYaml.Number(file, node, "seconds", MaxSeconds) is { } seconds
            ? limits with { For = TimeSpan.FromSeconds(seconds) }
            : limits;
        return new RollbackConfig
        {
            Limits = limits,
            Check = SettingsYaml.Number(file, node, "every-seconds", MaxSeconds) is { } every
                ? CheckOptions.Default with { Every = TimeSpan.FromSeconds(every) }
                : CheckOptions.Default,
        };
    }
}
