using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Local;

/// <summary>What a cursor keeps of a log that was read, and whether a later log continues it (docs/contract.md, "Cursor file").</summary>
/// <param name="isCopy">
/// The log is a copy of a sprite's. Such a copy may be made again with the same events in other bytes, so the values of its first and
/// of its last event are compared.
/// </param>
public sealed class ReadLog(LoopReading reading, bool isCopy)
{
    private readonly string path = ArtifactPaths.Events(reading.Loop.Id);

    /// <summary>Checks that the log continues what was read before: a cut one is refused, and so is another, longer one.</summary>
    /// <exception cref="ContractException">It does not.</exception>
    public void CheckContinues(CursorFile cursor)
    {
        EventEnvelopes.CheckCursor(reading, cursor.EventLineOffset);
        if (!Continues(cursor))
        {
            throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"cursor offset ({cursor.EventLineOffset}) is of another log than {EventEnvelopes.Shown(reading)}: "
                + "the log was replaced since it was read; look at it, then read again with --from-start");
        }
    }

    /// <summary>Whether the log has what was read before, and where it was. A cursor without a fingerprint is taken as it is.</summary>
    public bool Continues(CursorFile cursor)
    {
        if (cursor.EventLineOffset > reading.Lines)
        {
            return false;
        }

        if (cursor.Fingerprint is not { } print)
        {
            return true;
        }

        var lines = print.EventLineOffset;
        return lines <= reading.Lines && (cursor.ByteOffset is not { } end ? EventValues.Take(reading, (int)lines) == print
            : isCopy || (EndOf((int)lines) == end && LogContinuity.Holds(reading.Files, path, cursor)));
    }

    /// <summary>What a cursor keeps of the first <paramref name="lines"/> lines; nothing where there is none.</summary>
    public (long? ByteOffset, LogFingerprint? Fingerprint) Fingerprint(int lines)
    {
        if (lines == 0)
        {
            return default;
        }

        if (isCopy)
        {
            return (null, EventValues.Take(reading, lines));
        }

        var end = EndOf(lines);
        return LogContinuity.Take(reading.Files, path, lines, end, reading.Log[lines - 1].Length) is { } print ? (end, print) : default;
    }

    private long EndOf(int lines) => reading.Log[lines - 1] is var row ? row.Offset + row.Length + 1 : 0;
}
