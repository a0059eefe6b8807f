using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Storage;

/// <summary>A cursor file: read with suspicion, moved forward only (docs/contract.md, "Cursor file").</summary>
public sealed class CursorStore(GuardedPath path, string repo, string loop)
{
    /// <summary>The kept cursor; null where none was kept yet.</summary>
    /// <exception cref="ContractException">The file is not a v1 cursor of this loop.</exception>
    public CursorFile? Load()
    {
        if (path.Read() is not { } bytes)
        {
            return null;
        }

        try
        {
            CheckVersion(ContractJson.Read(bytes, ContractJson.Default.JsonElement));
            var cursor = ContractJson.Read(bytes, ContractJson.Default.CursorFile);
            return cursor.LoopId != loop ? throw Fault($"it belongs to loop \"{cursor.LoopId}\", not to \"{loop}\"")
                : cursor.EventLineOffset < 0 ? throw Fault("eventLineOffset is negative")
                : !LogContinuity.IsSound(cursor) ? throw Fault("byteOffset and fingerprint do not fit together")
                : cursor;
        }
        catch (JsonException error)
        {
            throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"invalid JSON in cursor file {path}: {ArtifactText.Fault(error)}; "
                    + "name another with --cursor-file, or read again with --from-start",
                error);
        }
    }

    /// <summary>
    /// Keeps a cursor. Going back is refused unless <paramref name="fromStart"/> asked for it, also where another reader has moved the
    /// file on since it was loaded. Fields of the file that are none of ours stay in it.
    /// </summary>
    /// <exception cref="ContractException">It would go back, or a version that is not known here has written the file.</exception>
    public void Save(CursorFile cursor, bool fromStart)
    {
        var now = fromStart ? LoadForComparison() : Load();
        if (!fromStart && now is not null && cursor.EventLineOffset < now.EventLineOffset)
        {
            throw Fault($"it would move back from {now.EventLineOffset} to {cursor.EventLineOffset}");
        }

        path.Replace(ContractJson.Write(cursor with { Unknown = now?.Unknown }, ContractJson.Default.CursorFile, pretty: true));
    }

    /// <summary>The kept cursor, to be compared with only: null where none was kept, or none that can be used.</summary>
    /// <exception cref="UnknownVersionException">A version that is not known here has written the file.</exception>
    public CursorFile? LoadForComparison()
    {
        try
        {
            return Load();
        }
        catch (ContractException error) when (error is not UnknownVersionException)
        {
            // Reading over from the start is how one that cannot be used is left behind.
            return null;
        }
    }

    /// <summary>The file, as messages name it.</summary>
    public override string ToString() => path.ToString();

    /// <summary>A cursor of this loop.</summary>
    /// <param name="end">What was read, where that is known: a later log is compared with it.</param>
    public CursorFile At(
        long offset, long count, DateTimeOffset now, (long? ByteOffset, LogFingerprint? Fingerprint) end = default) => new()
        {
            SchemaVersion = ContractVersion.V1,
            RepoPath = repo,
            LoopId = loop,
            EventsFile = ArtifactPaths.Events(loop),
            EventLineOffset = offset,
            EventLineCount = count,
            UpdatedAt = now,
            ByteOffset = end.ByteOffset,
            Fingerprint = end.Fingerprint,
        };

    private void CheckVersion(JsonElement root) => UnknownVersionException.Check(
        root, FailureCodes.EventsUnavailable, $"cursor file {path}", $"name another with {FlagNames.CursorFile}");

    private ContractException Fault(string what) => new(FailureCodes.EventsUnavailable, $"cursor file {path} cannot be used: {what}");
}
