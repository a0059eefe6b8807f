using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;
using OpsManager.Sources.Storage;

namespace OpsManager.Service.Publish;

/// <summary>The outbox cursor of one loop on disk, <c>publish.json</c>. It is a help: without it nothing is lost or doubled.</summary>
/// <param name="subject">Of the loop's events.</param>
internal sealed class PublishStore(ManagerFiles kept, string loop, string subject, TimeProvider time)
{
    /// <summary>It is written no more often than this while events flow.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? saved;
    private bool isForeign;

    /// <summary>What was kept; null where nothing was, or nothing that can be used.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public PublishCursor? Load()
    {
        try
        {
            if (kept.LoadDocument(kept.Publish) is not { } document
                || JsonSerializer.Deserialize(document, ContractJson.Default.PublishCursor) is not { } cursor)
            {
                return null;
            }

            return cursor.LoopId == loop && cursor.Subject == subject && IsSound(cursor) ? cursor : null;
        }
        catch (UnknownVersionException)
        {
            // It may hold what this version cannot keep, so it stays as it is.
            isForeign = true;
            return null;
        }
        catch (Exception error) when (error is ContractException or JsonException)
        {
            // The stream tells the same.
            return null;
        }
    }

    /// <summary>Whether it may be written again.</summary>
    public bool IsDue => saved is not { } at || time.GetElapsedTime(at) >= Interval;

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public void Save(PublishCursor cursor)
    {
        saved = time.GetTimestamp();
        if (!isForeign)
        {
            kept.Replace(kept.Publish, cursor, ContractJson.Default.PublishCursor);
        }
    }

    private static bool IsSound(PublishCursor cursor) =>
        cursor is { Replaced: >= 0, EventLineOffset: >= 0, ByteOffset: >= 0, Log: null or { Length: <= JsonFields.MaxWordChars } }
        && cursor.Publisher.Length <= JsonFields.MaxWordChars
        && (cursor.Fingerprint is null || LogContinuity.IsSound(new CursorFile
        {
            SchemaVersion = ContractVersion.V1,
            RepoPath = "",
            LoopId = cursor.LoopId,
            EventsFile = "",
            EventLineOffset = cursor.EventLineOffset,
            EventLineCount = cursor.EventLineOffset,
            UpdatedAt = cursor.UpdatedAt,
            ByteOffset = cursor.ByteOffset,
            Fingerprint = cursor.Fingerprint,
        }));
}
