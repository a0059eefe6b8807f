namespace OpsManager.Sources.Record;

/// <summary>What a recording is, and where it ends by itself.</summary>
public sealed record RecordOptions
{
    public const long DefaultMaxBytes = 256L * 1024 * 1024;

    public required string Title { get; init; }

    /// <summary>Null where nothing is to be redacted.</summary>
    public RedactionRules? Redaction { get; init; }

    /// <summary>The path of the repository; a tape that is redacted has another in its place.</summary>
    public required string Repo { get; init; }

    /// <summary>A remark at the start; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>The recorder can look at processes.</summary>
    public bool SeesProcesses { get; init; }

    /// <summary>Bytes of the file at which the recording ends.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;
}
