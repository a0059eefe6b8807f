using OpsManager.Contract.Manager;

namespace OpsManager.Contract.Tapes;

/// <summary>
/// What <c>verify --at</c> prints: what is known of each loop of a recording at one moment (docs/contract.md, "Command line").
/// </summary>
public sealed record MomentReport
{
    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public string EnvelopeType { get; init; } = "replay_moment";

    public required string Tape { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The moment, by the recording's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>From the start of the recording to the moment.</summary>
    public required long AtMs { get; init; }

    public required long LengthMs { get; init; }

    /// <summary>What the recording does not show.</summary>
    public required string? Note { get; init; }

    /// <summary>Why the recording was not read to its end.</summary>
    public required string? Fault { get; init; }

    public required IReadOnlyList<LoopMoment> Loops { get; init; }
}

/// <summary>One loop at one moment of a recording.</summary>
public sealed record LoopMoment
{
    public required string LoopId { get; init; }

    public required string? RunId { get; init; }

    public required long? Iteration { get; init; }

    /// <summary>The contract status.</summary>
    public required Lifecycle Status { get; init; }

    public required AssessmentRecord Assessment { get; init; }

    public required ApprovalMoment? Approval { get; init; }

    public required EventMomentRecord? NewestEvent { get; init; }

    /// <summary>Lines of the log by then.</summary>
    public required int EventCount { get; init; }
}

/// <summary>What approval.json says.</summary>
public sealed record ApprovalMoment(
    string Status, string? RunId, DateTimeOffset? RequestedAt, string? DecidedBy, string? DecidedNote, DateTimeOffset? DecidedAt);

/// <summary>The newest event of a log.</summary>
/// <param name="Line">From 1.</param>
public sealed record EventMomentRecord(int Line, string Name, DateTimeOffset? Timestamp, string? Role, string? Status, long? Iteration);
