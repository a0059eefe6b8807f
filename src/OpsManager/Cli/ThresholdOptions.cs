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
        Description = "Limits of health. Default: OPS_MANAGER_THRESHOLD_PROFILE, else balanced."
    };
    private readonly Option<string?> catalog = new(FlagNames.ThresholdsFile)
    {
        Description = "File with profiles in the place of ours: profiles.NAME has the limits, defaultProfile the one that counts."
    };
    private readonly Option<int?> degradedIngest = Limit(
        FlagNames.DegradedIngestLagSeconds, "Ingest lag in seconds from which health is degraded.");
    private readonly Option<int?> criticalIngest = Limit(
        FlagNames.CriticalIngestLagSeconds, "Ingest lag in seconds from which health is critical.");
    private readonly Option<int?> degradedHeartbeat = Limit(
        FlagNames.DegradedHeartbeatLagSeconds, "Heartbeat lag in seconds from which health is degraded.");
    private readonly Option<int?> criticalHeartbeat = Limit(
        FlagNames.CriticalHeartbeatLagSeconds, "Heartbeat lag in seconds from which health is critical.");
    private readonly Option<int?> degradedStreak = Limit(
        FlagNames.DegradedTransportFailureStreak, "Failed ingests in a row from which health is degraded.");
    private readonly Option<int?> criticalStreak = Limit(
        FlagNames.CriticalTransportFailureStreak, "Failed ingests in a row from which health is critical.");

    public ThresholdOptions() => profile.CompletionSources.Add("strict", "balanced", "relaxed");

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

    private static Option<int?> Limit(string name, string what) =>
        CommonOptions.AtLeast(new Option<int?>(name) { Description = $"{what} Default: that of the profile." }, 1);
}
