using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// How far a loop was published to the message bus: <c>publish.json</c> (docs/fleet.md). It is a help: one that is lost, old or broken is
/// made up for by the last message of each subject.
/// </summary>
public sealed record PublishCursor
{
    public required string SchemaVersion { get; init; }

    public required string LoopId { get; init; }

    /// <summary>The subject of the events, and so the sprite; a cursor of another one says nothing of this one.</summary>
    public required string Subject { get; init; }

    /// <summary>The process that wrote it: what its messages have as publisher.</summary>
    public required string Publisher { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The identity of the log that the last acknowledged line is of; null where no line was acknowledged.</summary>
    public string? Log { get; init; }

    /// <summary>How often the log was cut or replaced so far.</summary>
    public int Replaced { get; init; }

    /// <summary>Lines that the server has acknowledged.</summary>
    public long EventLineOffset { get; init; }

    /// <summary>First byte behind them.</summary>
    public long ByteOffset { get; init; }

    /// <summary>To recognise a log that was cut or replaced; null where no line was acknowledged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LogFingerprint? Fingerprint { get; init; }

    /// <summary>Sequence number in the stream of the last acknowledged line; 0 where there is none.</summary>
    public ulong Sequence { get; init; }

    /// <summary>Tag of the snapshot that was published last; null where none was, or the loop was said to be gone.</summary>
    public string? SnapshotTag { get; init; }

    /// <summary>Where some of the published lines are in the stream, by line.</summary>
    public IReadOnlyList<PublishMark> Marks { get; init; } = [];

    /// <summary>Bytes that were published of each file, by its name.</summary>
    public IReadOnlyDictionary<string, long> Files { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
