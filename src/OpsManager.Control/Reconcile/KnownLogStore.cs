using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>
/// Keeps what a pass found in the log, so that the next one reads what is new (docs/contract.md, "Cursor file"). It is used only together
/// with a cursor whose fingerprint the log has: whatever does not fit, the whole log is read, with the same result.
/// </summary>
internal sealed class KnownLogStore(ManagerFiles kept, string loop)
{
    /// <summary>A file system may give two changes within this time the same time.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private KnownLogRecord? found;

    /// <summary>What is known of the log that this cursor is of; null where all of it has to be read.</summary>
    public KnownLog? Load(CursorFile? cursor)
    {
        found = null;
        var log = ArtifactPaths.Events(loop);
        try
        {
            if (cursor is not { ByteOffset: { } end, Fingerprint: not null } || kept.KnownLog.Read() is not { } bytes
                || JsonSerializer.Deserialize(bytes, KnownLogJson.Default.KnownLogRecord) is not { } record
                || !Fits(record, cursor, end)
                || !LogContinuity.Holds(kept.Repository, log, cursor))
            {
                return null;
            }

            found = record;
            return new KnownLog(
                new FileStamp(record.SizeBytes, new DateTimeOffset(record.ModifiedTicks, TimeSpan.Zero), record.Identity), end,
                record.LastLineOffset, record.Tally);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // It is only a help: the log itself says what is wrong, if anything is.
            return null;
        }
    }

    /// <summary>The digest of the log that was read; from memory where the file is as it was.</summary>
    public FileDigest? Digest(LoopReading read) => found is { Sha256: { } sha } known && read.Loop.EventsStamp is { } stamp
        && stamp == Stamp(known)
        ? new FileDigest(known.SizeBytes, known.LineCount, sha, stamp.ModifiedAt)
        : FileDigest.From(read.Files, ArtifactPaths.Events(loop));

    /// <summary>Remembers a log of which every line was ingested.</summary>
    /// <param name="digest">As <see cref="Digest"/> has found it; null where the log is gone.</param>
    /// <param name="now">Not before it was read.</param>
    public void Keep(LoopReading read, FileDigest? digest, DateTimeOffset now)
    {
        if (read.Loop.EventsStamp is not { Identity: { } identity } stamp || read.Lines == 0 || read.Loop.Log is not { } log
            || log[read.Lines - 1] is not { IsEvent: true } last)
        {
            return;
        }

        var tally = read.Loop.Tally;
        var isDigest = digest is not null && digest.Size == stamp.Size && digest.ModifiedAt == stamp.ModifiedAt
            && now - stamp.ModifiedAt > Settled;
        var record = new KnownLogRecord
        {
            LoopId = loop,
            Identity = identity,
            SizeBytes = stamp.Size,
            ModifiedTicks = stamp.ModifiedAt.UtcTicks,
            ByteOffset = last.Offset + last.Length + 1,
            LastLineOffset = last.Offset,
            Sha256 = isDigest ? digest!.Sha256 : null,
            LineCount = digest?.Lines ?? 0,
            Lines = tally.Lines,
            InvalidLines = tally.InvalidLines,
            FirstInvalidLine = tally.FirstInvalidLine,
            Newest = tally.Newest,
            RunStart = tally.RunStart,
            IterationStart = tally.IterationStart,
            RoleAtWork = tally.RoleAtWork,
            End = tally.End,
            WritesClaims = tally.WritesClaims,
            Decisive = tally.Decisive.All,
        };
        if (found is { } known && known.Sha256 == record.Sha256 && Stamp(known) == stamp)
        {
            return;
        }

        kept.KnownLog.Replace(JsonSerializer.Serialize(record, KnownLogJson.Default.KnownLogRecord));
    }

    private bool Fits(KnownLogRecord record, CursorFile cursor, long end) =>
        record.SchemaVersion == ContractVersion.V1 && record.LoopId == loop && record.Lines > 0
        && record.Lines == cursor.EventLineOffset && record.Lines == cursor.Fingerprint!.EventLineOffset && record.ByteOffset == end
        && record.LastLineOffset >= 0 && record.LastLineOffset < end && record.Newest?.Line == record.Lines
        && end - record.LastLineOffset - 1 >= cursor.Fingerprint.LastLineBytes;

    private static FileStamp Stamp(KnownLogRecord record) =>
        new(record.SizeBytes, new DateTimeOffset(record.ModifiedTicks, TimeSpan.Zero), record.Identity);
}
