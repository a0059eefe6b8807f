namespace OpsManager.Sources.Record;

/// <summary>How much is kept on disk.</summary>
/// <param name="MaxBytes">Of all repositories together.</param>
/// <param name="Repositories">How many are recorded at a time.</param>
public sealed record SegmentLimits(long MaxBytes, int Repositories)
{
    /// <summary>A segment is no larger than this without need: what is old goes by segments, and whoever goes back reads some.</summary>
    private const long MaxSegment = 8L * 1024 * 1024;

    /// <summary>Bytes at which a segment ends, where what it began with is small.</summary>
    public long SegmentBytes { get; init; } = Math.Min(MaxSegment, MaxBytes / Math.Max(1, Repositories) / 4);

    /// <summary>What a segment may begin with: twice as much ends it, and there must be room for two of them.</summary>
    public long MaxCarried => MaxBytes / Math.Max(1, Repositories) / 4;

    /// <summary>Bytes to which is trimmed: until the next time, what is written grows.</summary>
    public long TrimmedTo => MaxBytes / 4 * 3;
}
