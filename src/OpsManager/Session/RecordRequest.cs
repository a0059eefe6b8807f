namespace OpsManager.Session;

/// <summary>What is to be recorded, and where.</summary>
/// <param name="Path">The tape's file.</param>
internal sealed record RecordRequest(string Repo, string Path)
{
    /// <summary>A remark at the start; null for none.</summary>
    public string? Mark { get; init; }

    public bool WithLogs { get; init; }

    /// <summary>Nothing is redacted.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Bytes of the file at which it ends.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>After which it ends.</summary>
    public TimeSpan? MaxAge { get; init; }
}
