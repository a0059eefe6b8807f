using System.CommandLine;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Cli;

/// <summary>The options that set the limits of health: a profile, and any single limit over it.</summary>
internal sealed class ThresholdOptions
{
    private readonly Option<string?> profile = new(FlagNames.ThresholdProfile)
    {
        Description = "strict, balanced or relaxed. Default: OPS_MANAGER_THRESHOLD_PROFILE, else balanced."
    };
    private readonly Option<string?> catalog = new(FlagNames.ThresholdsFile)
    {
        Description = "File with profiles in the place of ours: profiles.NAME has the limits, defaultProfile the one that counts."
    };
    private readonly Option<int?> degradedIngest = Seconds(FlagNames.DegradedIngestLagSeconds);
    private readonly Option<int?> criticalIngest = Seconds(FlagNames.CriticalIngestLagSeconds);
    private readonly Option<int?> degradedHeartbeat = Seconds(FlagNames.DegradedHeartbeatLagSeconds);
    private readonly Option<int?> criticalHeartbeat = Seconds(FlagNames.CriticalHeartbeatLagSeconds);
    private readonly Option<int?> degradedStreak = Seconds(FlagNames.DegradedTransportFailureStreak);
    private readonly Option<int?> criticalStreak = Seconds(FlagNames.CriticalTransportFailureStreak);

    /// <summary>Only the profile, where single limits would be too much.</summary>
    public void AddProfileTo(Command command) => command.Options.Add(profile);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] {
            profile, catalog, degradedIngest, criticalIngest, degradedHeartbeat, criticalHeartbeat, degradedStreak, criticalStreak
        })
        {
            command.Options.Add(option);
        }
    }

    public HealthThresholds From(ParseResult args, VerbContext context)
    {
        var file = args.GetResult(catalog) is null ? null : args.GetValue(catalog);
        var given = file is null ? null : ThresholdCatalog.Read(context.Files, file);
        var name = args.GetValue(profile)
            ?? (context.Environment(VariableNames.ThresholdProfile) is { Length: > 0 } set ? set : given?.Default ?? "balanced");
        var named = given?.Named(name) ?? HealthThresholds.Named(name)
            ?? throw new ContractException(
                FailureCodes.ProjectionFailed, $"threshold profile must be one of strict, balanced, relaxed; \"{name}\" is none of them");
        return named with
        {
            DegradedIngestLagSeconds = args.GetValue(degradedIngest) ?? named.DegradedIngestLagSeconds,
            CriticalIngestLagSeconds = args.GetValue(criticalIngest) ?? named.CriticalIngestLagSeconds,
            DegradedHeartbeatLagSeconds = args.GetValue(degradedHeartbeat) ?? named.DegradedHeartbeatLagSeconds,
            CriticalHeartbeatLagSeconds = args.GetValue(criticalHeartbeat) ?? named.CriticalHeartbeatLagSeconds,
            DegradedTransportFailureStreak = args.GetValue(degradedStreak) ?? named.DegradedTransportFailureStreak,
            CriticalTransportFailureStreak = args.GetValue(criticalStreak) ?? named.CriticalTransportFailureStreak,
        };
    }

    private static Option<int?> Seconds(string name) =>
        CommonOptions.AtLeast(new Option<int?>(name) { Description = "Overrides the profile." }, 1);
}
