using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Record;

/// <summary>
/// Reads the logs and reports of every loop where they have changed. No follower reads them, so they are looked at here, once a second.
/// </summary>
/// <param name="files">What reads them records them.</param>
internal sealed class LoopReports(IRepoFiles files)
{
    /// <summary>Of a log its first bytes are recorded, and no larger report.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly string[] Followed =
    [
        FileNames.Events, FileNames.Summary, FileNames.Approval, FileNames.Heartbeat, FileNames.Usage, FileNames.Decisions,
    ];

    private readonly Dictionary<string, (FileStamp Stamp, long Read)> seen = new(StringComparer.Ordinal);
    private readonly byte[] buffer = new byte[128 * 1024];
    private DateTimeOffset? lookedAt;

    public void Look(DateTimeOffset now)
    {
        if (lookedAt is { } before && (now - before).Duration() < Every)
        {
            return;
        }

        lookedAt = now;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directory in Directories())
        {
            Look(directory, found);
        }

        foreach (var gone in seen.Keys.Except(found).ToArray())
        {
            // That it is gone is recorded by whoever looks.
            files.Probe(gone);
            seen.Remove(gone);
        }
    }

    private List<string> Directories()
    {
        var all = new List<string>();
        try
        {
            foreach (var loop in files.Directories(ArtifactPaths.Loops).Select(ArtifactPaths.Loop))
            {
                all.Add(loop);
                all.AddRange(files.Directories($"{loop}/logs").Select(name => $"{loop}/logs/{name}"));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The follower reports a directory that cannot be read; of the others what was found is looked at.
        }

        return all;
    }

    private void Look(string directory, HashSet<string> found)
    {
        try
        {
            foreach (var entry in files.Files(directory).Where(static entry => entry.Fault is null && !Followed.Contains(entry.Name)))
            {
                var path = $"{directory}/{entry.Name}";
                found.Add(path);
                Read(path, entry.Stamp);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The same.
        }
    }

    private void Read(string path, FileStamp stamp)
    {
        if (seen.TryGetValue(path, out var known) && known.Stamp == stamp)
        {
            return;
        }

        if (!RecordingFiles.Grows(path))
        {
            BoundedRead.Whole(files, path, stamp.Size, MaxBytes);
            seen[path] = (stamp, 0);
            return;
        }

        // A log that is another one is read from its start.
        files.Probe(path);
        var read = stamp.Identity == known.Stamp.Identity && stamp.Size >= known.Read ? known.Read : 0;
        var end = Math.Min(stamp.Size, MaxBytes);
        while (read < end && files.ReadAt(path, read, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - read))) is > 0 and var count)
        {
            read += count;
        }

        seen[path] = (stamp, read);
    }
}
