using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Reads the cursor that an earlier run of the manager kept, and compares it with the log (docs/contract.md, "Cursor file").
/// </summary>
internal sealed class KeptCursorReader(IRepoFiles files, string repo)
{
    /// <summary>Where an earlier run of the manager stopped reading: a log that is shorter now was cut while nobody watched.</summary>
    public KeptCursorSeen? Look(DateTimeOffset now, string loop)
    {
        var path = ArtifactPaths.ManagerCursor(loop);
        var probe = files.Probe(path);
        if (probe.Condition != ArtifactCondition.Present)
        {
            return null;
        }

        try
        {
            return BoundedRead.Whole(files, path, probe.Stamp.Size) is { } bytes
                ? Compared(now, loop, ContractJson.Read(bytes, ContractJson.Default.CursorFile))
                : new(now, repo, loop, null, "it is not a cursor");
        }
        catch (JsonException error)
        {
            return new(now, repo, loop, null, ArtifactText.Fault(error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(now, repo, loop, null, error.Message);
        }
    }

    private KeptCursorSeen Compared(DateTimeOffset now, string loop, CursorFile cursor)
    {
        if (cursor.SchemaVersion != ContractVersion.V1)
        {
            return new(now, repo, loop, null, $"schemaVersion is \"{cursor.SchemaVersion}\", expected \"{ContractVersion.V1}\"");
        }

        if (!LogContinuity.IsSound(cursor))
        {
            return new(now, repo, loop, null, "byteOffset and fingerprint do not fit together");
        }

        try
        {
            return new(now, repo, loop, cursor) { IsOfOtherLog = !LogContinuity.Holds(files, ArtifactPaths.Events(loop), cursor) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A log that cannot be read, or is not there, is told by itself: it is no evidence of another one.
            return new(now, repo, loop, cursor);
        }
    }
}
