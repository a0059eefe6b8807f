using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Local;

/// <summary>
/// Reads a log on from where a cursor says that its lines end. What is before that is compared by its fingerprint and not read, so that
/// a poll costs what is new (docs/contract.md, "Cursor file").
/// </summary>
public static class LogReadOn
{
    /// <summary>
    /// The lines after the cursor; null where the whole log has to be read: the cursor does not say where its lines end, or the log is
    /// missing, is another one, or cannot be read. Whoever reads the whole log says what is wrong with it.
    /// </summary>
    public static LogLines? Read(IRepoFiles files, string repo, string loop, CursorFile cursor, DateTimeOffset now)
    {
        var path = ArtifactPaths.Events(loop);
        if (cursor is not { ByteOffset: { } end, EventLineOffset: <= int.MaxValue and var skipped, Fingerprint: { } print }
            || print.EventLineOffset != skipped)
        {
            return null;
        }

        try
        {
            var probe = files.Probe(path);
            if (probe.Condition != ArtifactCondition.Present || probe.Stamp.Size < end || probe.Stamp.Size > LogFollower.MaxLogBytes
                || !LogContinuity.Holds(files, path, cursor))
            {
                return null;
            }

            var log = new EventLog(isTail: true);
            var scanner = new LineScanner(log, end);
            while (scanner.Position < probe.Stamp.Size && !scanner.IsEndless)
            {
                var position = scanner.Position;
                ForwardRead.To(files, path, scanner, null, probe.Stamp.Size, int.MaxValue);
                if (scanner.Position == position)
                {
                    // It was cut while it was read.
                    return null;
                }
            }

            return scanner.IsEndless ? null : new LogLines(files, repo, loop, log, (int)skipped, (int)skipped + log.Count, now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
