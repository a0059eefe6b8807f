using System.IO.Abstractions;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Rules.Health;
using OpsManager.Sources.Local;

namespace OpsManager.Cli;

/// <summary>
/// Threshold profiles of a file: <c>{schemaVersion, defaultProfile?, profiles{NAME{degradedIngestLagSeconds, …}}}</c>. The limits of
/// heartbeats may be absent; they are the usual ones then.
/// </summary>
internal sealed class ThresholdCatalog
{
    private readonly JsonElement root;
    private readonly string file;

    private ThresholdCatalog(JsonElement root, string file) => (this.root, this.file) = (root, file);

    /// <exception cref="ContractException">It is not there, or no catalog of this version.</exception>
    public static ThresholdCatalog Read(IFileSystem files, string file)
    {
        var root = EnvelopeReader.Parse(new EnvelopeFile(files).Whole(file), file);
        return root.Text("schemaVersion") == ContractVersion.V1 && root.Field("profiles") is { ValueKind: JsonValueKind.Object }
            ? new ThresholdCatalog(root, file)
            : throw Fault(file, $"it must have \"schemaVersion\": \"{ContractVersion.V1}\" and \"profiles\"");
    }

    /// <summary>The profile that counts where none is named; null where the file does not say.</summary>
    public string? Default => root.Text("defaultProfile");

    /// <exception cref="ContractException">There is none of that name, or a limit of it is missing or makes no sense.</exception>
    public HealthThresholds Named(string name)
    {
        var profiles = root.Field("profiles")!.Value;
        var profile = profiles.Field(name) is { ValueKind: JsonValueKind.Object } found ? found : throw Fault(
            file, $"it has no profile \"{name}\"; it has {string.Join(", ", profiles.EnumerateObject().Select(static one => one.Name))}");
        int Limit(string limit, int? usual = null) => (profile.Field(limit) is null ? usual : profile.Number(limit)) is >= 0 and var value
            ? value
            : throw Fault(file, $"profiles.{name}.{limit} must be a whole number, 0 or more");

        var thresholds = new HealthThresholds(
            name,
            Limit("degradedIngestLagSeconds"),
            Limit("criticalIngestLagSeconds"),
            Limit("degradedTransportFailureStreak"),
            Limit("criticalTransportFailureStreak"),
            Limit("degradedHeartbeatLagSeconds", HealthThresholds.Balanced.DegradedHeartbeatLagSeconds),
            Limit("criticalHeartbeatLagSeconds", HealthThresholds.Balanced.CriticalHeartbeatLagSeconds));
        return thresholds.CriticalIngestLagSeconds >= thresholds.DegradedIngestLagSeconds
            && thresholds.CriticalHeartbeatLagSeconds >= thresholds.DegradedHeartbeatLagSeconds
            && thresholds.CriticalTransportFailureStreak >= thresholds.DegradedTransportFailureStreak
            ? thresholds
            : throw Fault(file, $"profiles.{name}: a critical limit is below the degraded one");
    }

    private static ContractException Fault(string file, string fault) =>
        new(FailureCodes.ProjectionFailed, $"thresholds file {file} cannot be used: {fault}");
}
