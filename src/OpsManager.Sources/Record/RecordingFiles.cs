using System.Buffers;
using System.Security.Cryptography;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Record;

/// <summary>
/// Files as a follower reads them, and what has changed in them as steps of a tape. Only what the follower reads is recorded, and what it
/// reads again without a change is not. One thread uses it.
/// </summary>
/// <param name="add">Gets each step as it is seen.</param>
internal sealed class RecordingFiles(IRepoFiles inner, Action<TapeStep> add) : IRepoFiles
{
    private const int ChunkBytes = 128 * 1024;

    private readonly Dictionary<string, RecordedPath> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> directories = new(StringComparer.Ordinal);

    /// <summary>Files that were lost with their directory, or could not be read: they may come back without being read.</summary>
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    private readonly List<string> returned = [];
    private (string Path, List<byte> Bytes)? reading;

    /// <summary>Whether a file only grows: then its lines are what counts, and it is recorded as it grows.</summary>
    public static bool Grows(string path) =>
        path.EndsWith(".jsonl", StringComparison.Ordinal) || path.EndsWith(".log", StringComparison.Ordinal)
        || path.Contains("/logs/", StringComparison.Ordinal);

    public FileProbe Probe(string path)
    {
        EndFile();
        var probe = inner.Probe(path);
        if (probe.IsPresent)
        {
            Found(path, probe.Stamp);
        }
        else if (probe == FileProbe.Directory)
        {
            Returned(path + "/");
        }
        else
        {
            Lost(path, probe.Fault);
        }

        return probe;
    }

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        if (reading is { } other && (other.Path != path || offset != other.Bytes.Count))
        {
            EndFile();
        }

        try
        {
            var count = inner.ReadAt(path, offset, buffer);
            Take(path, offset, buffer[..count]);
            return count;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reading = null;
            Lost(path, error is FileNotFoundException ? null : error.Message);
            throw;
        }
    }

    public IReadOnlyList<string> Directories(string path)
    {
        EndFile();
        var names = inner.Directories(path);
        if (path == ArtifactPaths.Loops)
        {
            foreach (var gone in known.Keys.Select(file => Child(path, file)).OfType<string>().Distinct().Except(names).ToArray())
            {
                Lost($"{path}/{gone}", null);
            }

            // A loop without a file is one all the same.
            foreach (var directory in names.Select(name => $"{path}/{name}/").Where(name => !At(name).IsThere))
            {
                Add(directory, At(directory), new TapePut(default, 0, directory, []));
            }
        }

        return names;
    }

    public IReadOnlyList<FileEntry> Files(string directory) => inner.Files(directory);

    /// <summary>A look is over: what it read last is whole.</summary>
    public void EndLook()
    {
        EndFile();
        foreach (var path in returned.Where(hidden.Contains).Distinct().ToArray())
        {
            ReadAgain(path, long.MaxValue);
        }

        returned.Clear();
    }

    private static string? Child(string directory, string file) =>
        file.StartsWith(directory + "/", StringComparison.Ordinal) && file.IndexOf('/', directory.Length + 1) is > 0 and var end
            ? file[(directory.Length + 1)..end] : null;

    private RecordedPath At(string path)
    {
        if (!known.TryGetValue(path, out var file))
        {
            known.Add(path, file = new RecordedPath(Grows(path) ? new GrowingFile() : null));
            for (var end = path.LastIndexOf('/'); end > 0 && directories.Add(path[..end]); end = path.LastIndexOf('/', end - 1))
            {
            }
        }

        return file;
    }

    private void Found(string path, FileStamp stamp)
    {
        var file = At(path);
        if (file.Growing?.Found(path, stamp) is { } empty)
        {
            Add(path, file, empty);
        }

        if (hidden.Contains(path))
        {
            returned.Add(path);
        }
    }

    /// <summary>A directory is there: what was in it and was lost with it may not be read again, as nothing in it has changed.</summary>
    private void Returned(string prefix) =>
        returned.AddRange(hidden.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)));

    private void Lost(string path, string? fault)
    {
        if (directories.Contains(path))
        {
            foreach (var (name, file) in known.Where(file => file.Key.StartsWith(path + "/", StringComparison.Ordinal)).ToArray())
            {
                Lose(name, file, fault, isHidden: true);
            }
        }
        else if (known.TryGetValue(path, out var file) || fault is not null)
        {
            Lose(path, file ?? At(path), fault, isHidden: fault is not null);
        }
    }

    private void Lose(string path, RecordedPath file, string? fault, bool isHidden)
    {
        if (!isHidden)
        {
            hidden.Remove(path);
        }

        if (!file.IsThere && file.Fault == fault)
        {
            return;
        }

        if (isHidden && !path.EndsWith('/'))
        {
            hidden.Add(path);
        }

        (file.IsThere, file.Fault, file.Hash) = (false, fault, []);
        file.Growing?.Forget();
        add(new TapeRemove(default, 0, path) { Fault = fault });
    }

    private void Take(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        var file = At(path);
        if (file.Growing is not { } growing)
        {
            if (offset == 0)
            {
                reading = (path, new List<byte>(bytes.Length));
            }

            reading?.Bytes.AddRange(bytes);
            return;
        }

        if (growing.Take(path, offset, bytes) is { } step)
        {
            Add(path, file, step);
        }
        else if (growing.IsLost(offset, bytes.Length))
        {
            // It was rewritten while nobody looked, and the follower does not know: the one case in which it is read once more.
            ReadAgain(path, offset + bytes.Length);
        }
    }

    /// <summary>A file that is read whole has been read to its end.</summary>
    private void EndFile()
    {
        if (reading is not var (path, bytes))
        {
            return;
        }

        reading = null;
        var content = bytes.ToArray();
        var file = At(path);
        var hash = SHA256.HashData(content);
        if (!hash.AsSpan().SequenceEqual(file.Hash))
        {
            file.Hash = hash;
            Add(path, file, new TapePut(default, 0, path, content));
        }
    }

    private void Add(string path, RecordedPath file, TapeStep step)
    {
        hidden.Remove(path);
        (file.IsThere, file.Fault) = (true, null);
        add(step);
    }

    /// <summary>Reads a file of which the follower knows what is in it.</summary>
    private void ReadAgain(string path, long end)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            long offset = 0;
            while (offset < end
                && inner.ReadAt(path, offset, buffer.AsSpan(0, (int)Math.Min(ChunkBytes, end - offset))) is > 0 and var count)
            {
                Take(path, offset, buffer.AsSpan(0, count));
                offset += count;
            }

            EndFile();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Lost(path, error is FileNotFoundException ? null : error.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What is known of one path.</summary>
    private sealed class RecordedPath(GrowingFile? growing)
    {
        /// <summary>Null of a file that is read whole.</summary>
        public GrowingFile? Growing { get; } = growing;

        /// <summary>Of what was recorded last; empty where nothing was.</summary>
        public byte[] Hash { get; set; } = [];

        /// <summary>The tape has it.</summary>
        public bool IsThere { get; set; }

        /// <summary>Why it cannot be read; null where it can, or is not there.</summary>
        public string? Fault { get; set; }
    }
}
