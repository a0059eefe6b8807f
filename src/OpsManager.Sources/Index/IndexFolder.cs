using System.Globalization;
using System.IO.Abstractions;
using System.Reactive.Concurrency;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Index;

/// <summary>
/// Indexes of large logs, a file for each, in a directory of the state folder that only its owner may enter. Where it cannot be written,
/// or the disk is full, nothing is kept, and the screen works without.
/// </summary>
public sealed class IndexFolder : IKeptIndexes, IDisposable
{
    /// <summary>Largest file that is read or kept, in bytes: a log of 4 GiB has one of about 75 MB.</summary>
    public const int MaxBytes = 128 * 1024 * 1024;

    /// <summary>What all files together have at most, in bytes; the oldest go first.</summary>
    public const long MaxTotalBytes = 256L * 1024 * 1024;

    private const string Name = "index";
    private const string Extension = ".idx";

    private readonly IFileSystem files;
    private readonly string state;
    private readonly IndexFormat format;
    private readonly Lazy<IScheduler> writer;

    /// <param name="state">The state folder; made when something is kept.</param>
    /// <param name="program">Which program writes: another one does not use what it wrote.</param>
    /// <param name="writer">Where files are written; null for a thread of its own, made when it is needed.</param>
    public IndexFolder(IFileSystem files, string state, string program, IScheduler? writer = null)
    {
        (this.files, this.state, format) = (files, state, new IndexFormat(program));
        this.writer = new Lazy<IScheduler>(() => writer ?? new ThreadScheduler("index"));
    }

    /// <summary>These options for a log of which an index may have been kept here.</summary>
    public FollowOptions Follow(FollowOptions options) => options with { Indexes = this };

    KeptIndex? IKeptIndexes.Find(FileStamp log)
    {
        try
        {
            return log.Identity is { } identity && GuardedFiles.Open(files, state).ReadOwn(PathOf(identity), MaxBytes) is { } bytes
                ? format.Read(bytes)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    void IKeptIndexes.Keep(IndexedLog indexed)
    {
        if (indexed.Stamp.Identity is { } identity)
        {
            writer.Value.Schedule(() => Write(identity, indexed));
        }
    }

    public void Dispose()
    {
        if (writer is { IsValueCreated: true, Value: ThreadScheduler thread })
        {
            thread.Dispose();
        }
    }

    private void Write(ulong identity, IndexedLog indexed)
    {
        try
        {
            var written = format.Write(indexed);
            if (written.Length > MaxBytes)
            {
                return;
            }

            PrivateDirectory.Make(files, files.Path.Combine(state, Name));
            var door = GuardedFiles.Open(files, state);
            door.ReplaceOwn(PathOf(identity), written.Written);
            Trim(door);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The log is indexed again the next time: that is all that is lost.
        }
    }

    private static void Trim(GuardedFiles door)
    {
        var kept = door.Files(Name).Where(static file => file.Name.EndsWith(Extension, StringComparison.Ordinal))
            .OrderByDescending(static file => file.Stamp.ModifiedAt);
        var total = 0L;
        foreach (var file in kept)
        {
            total += file.Stamp.Size;
            if (total > MaxTotalBytes)
            {
                door.Delete($"{Name}/{file.Name}");
            }
        }
    }

    private static string PathOf(ulong identity) => string.Create(CultureInfo.InvariantCulture, $"{Name}/{identity:x16}{Extension}");
}
