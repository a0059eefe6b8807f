using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>The files of a tape as they were at the moment that the replay has reached.</summary>
internal sealed class TapeFiles : IRepoFiles
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, TapeFile> files = new(StringComparer.Ordinal);

    /// <summary>Applies one step; steps that are no file operation change nothing here.</summary>
    public void Apply(TapeStep step, DateTimeOffset now)
    {
        lock (gate)
        {
            switch (step)
            {
                case TapePut put:
                    files[put.Path] = new TapeFile(put.Text, put.Text.Length, now);
                    break;
                case TapeAppend append when files.TryGetValue(append.Path, out var grown):
                    files[append.Path] = grown.Append(append.Text, now);
                    break;
                case TapeAppend append:
                    files[append.Path] = new TapeFile(append.Text, append.Text.Length, now);
                    break;
                case TapeRemove remove:
                    files.Remove(remove.Path);
                    break;
            }
        }
    }

    public FileProbe Probe(string path)
    {
        lock (gate)
        {
            return files.TryGetValue(path, out var file) ? FileProbe.File(new FileStamp(file.Length, file.ModifiedAt))
                : files.Keys.Any(name => name.StartsWith(path + "/", StringComparison.Ordinal)) ? FileProbe.Directory
                : FileProbe.Missing;
        }
    }

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        lock (gate)
        {
            if (!files.TryGetValue(path, out var file))
            {
                throw new FileNotFoundException($"{path} is not in the tape now", path);
            }

            var rest = offset >= file.Length ? [] : file.Bytes.AsSpan((int)offset, file.Length - (int)offset);
            rest = rest[..Math.Min(rest.Length, buffer.Length)];
            rest.CopyTo(buffer);
            return rest.Length;
        }
    }

    public IReadOnlyList<FileEntry> Files(string directory)
    {
        var prefix = directory + "/";
        lock (gate)
        {
            return [.. files
                .Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal) && file.Key.IndexOf('/', prefix.Length) < 0)
                .Select(file => new FileEntry(file.Key[prefix.Length..], new FileStamp(file.Value.Length, file.Value.ModifiedAt), null))
                .Take(IRepoFiles.MaxEntries)];
        }
    }

    public IReadOnlyList<string> Directories(string path)
    {
        var prefix = path + "/";
        lock (gate)
        {
            return [.. files.Keys
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.IndexOf('/', prefix.Length) > 0)
                .Select(name => name[prefix.Length..name.IndexOf('/', prefix.Length)])
                .Distinct()];
        }
    }

    /// <summary>Bytes with room to grow, so that a long log is not copied at every line.</summary>
    private readonly record struct TapeFile(byte[] Bytes, int Length, DateTimeOffset ModifiedAt)
    {
        public TapeFile Append(byte[] more, DateTimeOffset now)
        {
            var bytes = Bytes;
            if (Length + more.Length > bytes.Length)
            {
                bytes = new byte[Math.Max(4096, (Length + more.Length) * 2)];
                Bytes.AsSpan(0, Length).CopyTo(bytes);
            }

            more.CopyTo(bytes, Length);
            return new TapeFile(bytes, Length + more.Length, now);
        }
    }
}
