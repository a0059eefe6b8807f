using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Follow;

/// <summary>
/// What an earlier pass found in a log that it read to its end, so that the next one reads only what is new. Whoever uses it has
/// compared the log with the fingerprint of a cursor.
/// </summary>
/// <param name="Stamp">Of the log when it was read.</param>
/// <param name="End">First byte behind its last line.</param>
/// <param name="LastLine">First byte of its last line, which is an event.</param>
/// <param name="Tally">What its lines come to.</param>
public sealed record KnownLog(FileStamp Stamp, long End, long LastLine, EventTally Tally)
{
    /// <summary>Whether a log may be this one, grown or not.</summary>
    internal bool MayBe(FileStamp seen) => Stamp.Identity is not null && seen.Identity == Stamp.Identity && seen.Size >= End;
}
