namespace OpsManager.Core.Facts.Observations;

/// <summary>How one artifact looked when it was read.</summary>
public enum ArtifactCondition
{
    /// <summary>Not looked at yet.</summary>
    Unseen,

    /// <summary>Read and understood.</summary>
    Present,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>Empty or half-written: being written, until it has stayed so.</summary>
    Torn,

    /// <summary>Whole, but not what the contract says.</summary>
    Invalid,

    /// <summary>There, but it cannot be read: no permission, a directory, a link that goes in circles, too large.</summary>
    Unreadable,
}

/// <summary>Size in bytes, time of the last change, and the file's identity where the host tells it (null elsewhere).</summary>
public readonly record struct FileStamp(long Size, DateTimeOffset ModifiedAt, ulong? Identity = null);

/// <summary>One reading of one artifact; <see cref="Fault"/> says what is wrong where something is.</summary>
public sealed record ArtifactReading<T>(ArtifactCondition Condition, T? Value, FileStamp? Stamp, string? Fault)
    where T : class
{
    public static readonly ArtifactReading<T> Missing = new(ArtifactCondition.Missing, null, null, null);
}
