namespace OpsManager.Contract.Manager;

/// <summary>How a loop was read, and whether that worked (docs/contract.md, "Health").</summary>
public sealed record TransportResult
{
    public const string Success = "success";
    public const string Failed = "failed";

    /// <summary><c>local</c> or <c>sprite_service</c>.</summary>
    public required string Mode { get; init; }

    /// <summary><see cref="Success"/> or <see cref="Failed"/>.</summary>
    public required string IngestStatus { get; init; }

    /// <summary>Why this reading failed; null where it did not.</summary>
    public required string? FailureCode { get; init; }

    /// <summary>Why readings have failed since the last one that worked; null where none has.</summary>
    public required string? LastFailureCode { get; init; }
}
