using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>
/// What <c>fleet status --json</c> prints: one look at everything that config.yaml names (docs/contract.md, "Command line").
/// </summary>
public sealed record FleetStatus
{
    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public required DateTimeOffset GeneratedAt { get; init; }

    public required string TraceId { get; init; }

    public required FleetResult Result { get; init; }

    public required FleetStatusCounts Counts { get; init; }

    /// <summary>The worst of all loops, without what is explained.</summary>
    public required HealthStatus Health { get; init; }

    public required IReadOnlyList<FleetSource> Sources { get; init; }

    public required IReadOnlyList<FleetLoop> Loops { get; init; }

    /// <summary>What could not be read, a sentence each that begins with its name.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}

/// <summary>What it comes to; the exit code says the same.</summary>
[JsonConverter(typeof(WordConverter<FleetResult>))]
public enum FleetResult
{
    [JsonStringEnumMemberName("well")] Well,

    /// <summary>Something needs a person.</summary>
    [JsonStringEnumMemberName("attention")] Attention,

    /// <summary>Something could not be read.</summary>
    [JsonStringEnumMemberName("unreadable")] Unreadable,
}

/// <summary>How many there are, as the header of the screen counts them.</summary>
public sealed record FleetStatusCounts
{
    public required int Sources { get; init; }

    public required int Read { get; init; }

    public required int Asleep { get; init; }

    public required int NotRead { get; init; }

    public required int Unreachable { get; init; }

    public required int Loops { get; init; }

    public required int Failed { get; init; }

    public required int Waiting { get; init; }

    public required int Running { get; init; }

    public required int Paused { get; init; }

    public required int Unknown { get; init; }

    public required int ErrorAlerts { get; init; }

    public required int WarningAlerts { get; init; }
}

/// <summary>A repository or a sprite.</summary>
/// <param name="Name">The sprite's name, or the path.</param>
/// <param name="RepoPath">Where it is on this host; of a sprite that is read from elsewhere, its copy. Null where it has no place.</param>
/// <param name="Condition">read, asleep, not_read or unreachable.</param>
/// <param name="Since">Since when it sleeps or cannot be read; null where that is not known.</param>
/// <param name="Fault">Why it, or a loop of it, cannot be read; null where all can.</param>
public sealed record FleetSource(string Name, string? RepoPath, string Condition, DateTimeOffset? Since, string? Fault);

/// <summary>A loop, as the screen shows it.</summary>
public sealed record FleetLoop
{
    /// <summary>As its <see cref="FleetSource"/> is named.</summary>
    public required string Source { get; init; }

    public required string LoopId { get; init; }

    public required Lifecycle Lifecycle { get; init; }

    /// <summary>The word for people where it is not the lifecycle's own; absent where it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Display { get; init; }

    /// <summary>The contract status.</summary>
    public required Lifecycle Status { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset? Since { get; init; }

    public required string? RunId { get; init; }

    public required HealthStatus Health { get; init; }

    public required IReadOnlyList<string> HealthCodes { get; init; }

    /// <summary>The findings that nothing explains, most severe first.</summary>
    public required IReadOnlyList<FindingRecord> Alerts { get; init; }

    public required bool NeedsPerson { get; init; }
}
