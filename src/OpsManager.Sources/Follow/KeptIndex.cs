using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Follow;

/// <summary>An index as it was kept, not trusted yet.</summary>
/// <param name="Stamp">Of the log when it was read.</param>
/// <param name="ReadTo">First byte that had not been read.</param>
/// <param name="Fingerprint">Of the bytes before it: see <c>LogAnchors.Fingerprint</c>.</param>
/// <param name="Rows">As <see cref="EventLogPart.Write"/> wrote them.</param>
internal sealed record KeptIndex(FileStamp Stamp, long ReadTo, ReadOnlyMemory<byte> Fingerprint, ReadOnlyMemory<byte> Rows)
{
    /// <summary>
    /// Whether a log may be this one, grown or not. One that was written without growing was changed by somebody else than its runtime.
    /// </summary>
    public bool MayBe(FileStamp seen) =>
        Stamp.Identity is not null && seen.Identity == Stamp.Identity && seen.Size >= ReadTo && (seen.Size > Stamp.Size || seen == Stamp);

    /// <summary>The index; null where the bytes cannot be one.</summary>
    public EventLog? Open() => EventLogPart.Read(Rows, ReadTo);
}

/// <summary>An index that is worth keeping.</summary>
/// <param name="Stamp">Of the log when it was read.</param>
/// <param name="ReadTo">First byte that has not been read.</param>
/// <param name="Fingerprint">Of the bytes before it.</param>
/// <param name="Part">The rows.</param>
internal sealed record IndexedLog(FileStamp Stamp, long ReadTo, ReadOnlyMemory<byte> Fingerprint, EventLogPart Part);
