using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>
/// The files of a tape, as they are after the steps that were applied, and as they were after any number of them. Whoever applies steps
/// may be on another thread than whoever reads.
/// </summary>
internal sealed class TapeFiles : IRepoFiles
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TapeFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TapeDirectory> directories = new(StringComparer.Ordinal);
    private int moment;

    /// <summary>Steps that were applied.</summary>
    public int Moment
    {
        get
        {
            lock (gate)
            {
                return moment;
            }
        }
    }

    /// <summary>Applies one step; a step that is no file operation changes nothing but the count.</summary>
    public void Apply(TapeStep step, DateTimeOffset now)
    {
        lock (gate)
        {
            moment++;
            switch (step)
            {
                case TapePut put:
                    Arrive(put.Path).Put(moment, put.Text, now);
                    break;
                case TapeAppend append:
                    Arrive(append.Path).Append(moment, append.Text, now);
                    break;
                case TapeRemove remove:
                    Leave(remove);
                    break;
            }
        }
    }

    /// <summary>The files as they were after so many steps; what is applied later changes nothing in them.</summary>
    public IRepoFiles At(int steps) => new Then(this, steps);

    public FileProbe Probe(string path) => Probe(path, int.MaxValue);

    public int ReadAt(string path, long offset, Span<byte> buffer) => ReadAt(path, offset, buffer, int.MaxValue);

    public IReadOnlyList<FileEntry> Files(string directory) => Files(directory, int.MaxValue);

    public IReadOnlyList<string> Directories(string path) => Directories(path, int.MaxValue);

    private FileProbe Probe(string path, int then)
    {
        lock (gate)
        {
            var isKnown = files.TryGetValue(path, out var file);
            return isKnown && file!.At(then) is { } text ? FileProbe.File(Stamp(text, then))
                : isKnown && file!.FaultAt(then) is { } fault ? FileProbe.Unreadable(fault)
                : directories.TryGetValue(path, out var directory) && directory.IsThere(then) ? FileProbe.Directory
                : FileProbe.Missing;
        }
    }

    private int ReadAt(string path, long offset, Span<byte> buffer, int then)
    {
        lock (gate)
        {
            return files.TryGetValue(path, out var file) && file.At(then) is { } text
                ? text.Read(then, offset, buffer)
                : throw new FileNotFoundException($"{path} is not in the recording at this moment", path);
        }
    }

    private List<FileEntry> Files(string directory, int then)
    {
        lock (gate)
        {
            var found = new List<FileEntry>();
            foreach (var name in directories.TryGetValue(directory, out var known) ? known.Files : [])
            {
                // A directory by itself is recorded as a file without a name.
                if (name.Length > 0 && files[$"{directory}/{name}"].At(then) is { } text && found.Count < IRepoFiles.MaxEntries)
                {
                    found.Add(new FileEntry(name, Stamp(text, then), null));
                }
            }

            return found;
        }
    }

    private IReadOnlyList<string> Directories(string path, int then)
    {
        lock (gate)
        {
            return directories.TryGetValue(path, out var known)
                ? [.. known.Directories.Where(name => directories[$"{path}/{name}"].IsThere(then))]
                : [];
        }
    }

    private static FileStamp Stamp(TapeText text, int then)
    {
        var (length, modifiedAt) = text.Stamp(then);
        return new FileStamp(length, modifiedAt);
    }

    private TapeFile Arrive(string path)
    {
        if (!files.TryGetValue(path, out var file))
        {
            files.Add(path, file = new TapeFile());
        }

        if (!file.IsThere)
        {
            Count(path, 1);
        }

        return file;
    }

    /// <summary>The file is gone. What cannot be read only is no longer there for whoever lists a directory either.</summary>
    private void Leave(TapeRemove remove)
    {
        if (!files.TryGetValue(remove.Path, out var file))
        {
            if (remove.Fault is null)
            {
                return;
            }

            files.Add(remove.Path, file = new TapeFile());
        }

        if (file.IsThere)
        {
            Count(remove.Path, -1);
        }

        file.Remove(moment, remove.Fault);
    }

    /// <summary>A file has come or gone: so many more or less are under each directory above it.</summary>
    private void Count(string path, int by)
    {
        var (child, isFile) = (path, true);
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            var name = path[..end];
            if (!directories.TryGetValue(name, out var directory))
            {
                directories.Add(name, directory = new TapeDirectory());
            }

            directory.Count(moment, by, child[(end + 1)..], isFile);
            (child, isFile) = (name, false);
        }
    }

    /// <summary>The files at one moment.</summary>
    private sealed class Then(TapeFiles all, int moment) : IRepoFiles
    {
        public FileProbe Probe(string path) => all.Probe(path, moment);

        public int ReadAt(string path, long offset, Span<byte> buffer) => all.ReadAt(path, offset, buffer, moment);

        public IReadOnlyList<FileEntry> Files(string directory) => all.Files(directory, moment);

        public IReadOnlyList<string> Directories(string path) => all.Directories(path, moment);
    }
}
