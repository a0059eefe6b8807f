using OpsManager.Sources.Files;

namespace OpsManager.Testing;

/// <summary>Files that count what is done with them, and in which a test can intervene before each probe, read and listing.</summary>
internal sealed class WatchedFiles(IRepoFiles files) : IRepoFiles
{
    /// <summary>Called before each operation with the path.</summary>
    public Action<string>? BeforeProbe { get; set; }

    public Action<string>? BeforeRead { get; set; }

    public Action<string>? BeforeList { get; set; }

    /// <summary>Every read with its place and what came of it.</summary>
    public List<(string Path, long Offset, int Read)> Reads { get; } = [];

    public List<string> Probes { get; } = [];

    public FileProbe Probe(string path)
    {
        BeforeProbe?.Invoke(path);
        Probes.Add(path);
        return files.Probe(path);
    }

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        BeforeRead?.Invoke(path);
        var read = files.ReadAt(path, offset, buffer);
        Reads.Add((path, offset, read));
        return read;
    }

    public IReadOnlyList<string> Directories(string path)
    {
        BeforeList?.Invoke(path);
        return files.Directories(path);
    }

    public IReadOnlyList<FileEntry> Files(string directory)
    {
        BeforeList?.Invoke(directory);
        return files.Files(directory);
    }
}
