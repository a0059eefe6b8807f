using System.Text.Json.Serialization;
using OpsManager.Contract;
using OpsManager.Core.Events;

namespace OpsManager.Control.Reconcile;

/// <summary>
/// known-log.json: what a pass found in a log that it read to its end. Only a help: without it, or where it does not fit, the log is read.
/// </summary>
internal sealed record KnownLogRecord
{
    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public required string LoopId { get; init; }

    /// <summary>Of the log's file on this host.</summary>
    public required ulong Identity { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>In ticks of 100 ns, UTC.</summary>
    public required long ModifiedTicks { get; init; }

    /// <summary>First byte behind the last line.</summary>
    public required long ByteOffset { get; init; }

    /// <summary>First byte of the last line.</summary>
    public required long LastLineOffset { get; init; }

    /// <summary>Of the whole file, as a snapshot has it; null where it may have changed since without a trace.</summary>
    public required string? Sha256 { get; init; }

    public required long LineCount { get; init; }

    public required int Lines { get; init; }

    public required int InvalidLines { get; init; }

    public required int? FirstInvalidLine { get; init; }

    public required EventMoment? Newest { get; init; }

    public required EventMoment? RunStart { get; init; }

    public required EventMoment? IterationStart { get; init; }

    public required EventMoment? RoleAtWork { get; init; }

    public required EventMoment? End { get; init; }

    public required bool WritesClaims { get; init; }

    public required IReadOnlyList<EventMoment> Decisive { get; init; }

    [JsonIgnore]
    public EventTally Tally => new()
    {
        Lines = Lines,
        InvalidLines = InvalidLines,
        FirstInvalidLine = FirstInvalidLine,
        Newest = Newest,
        RunStart = RunStart,
        IterationStart = IterationStart,
        RoleAtWork = RoleAtWork,
        End = End,
        WritesClaims = WritesClaims,
        Decisive = RecentMoments.From(Decisive),
    };
}

/// <summary>The record as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, WriteIndented = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KnownLogRecord))]
internal sealed partial class KnownLogJson : JsonSerializerContext;
