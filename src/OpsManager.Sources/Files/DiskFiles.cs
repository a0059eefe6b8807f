using System.IO.Abstractions;
using OpsManager.Core.Observations;

namespace OpsManager.Sources.Files;

/// <summary>A repository on disk.</summary>
public sealed class DiskFiles(IFileSystem files, string root, IFileStats stats) : IRepoFiles
{
    public string Root { get; } = root;

    /// <summary>Files of <paramref name="root"/> with the best way to look at files that this host has.</summary>
    public static DiskFiles Open(IFileSystem files, string root) =>
        new(files, root, files is FileSystem && StatxStats.IsSupported ? new StatxStats() : new PortableStats(files));

    public FileProbe Probe(string path) => stats.Probe(Full(path));

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        // The runtime truncates, renames and deletes while we read, and must never be stopped from it.
        using var stream = files.FileStream.New(Full(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Position = offset;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    public IReadOnlyList<string> Directories(string path)
    {
        try
        {
            return [.. files.Directory.EnumerateDirectories(Full(path)).Select(static full => Path.GetFileName(full)).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public string Full(string path) => files.Path.Combine(Root, path);
}

/// <summary>Looks at a file by its full path.</summary>
public interface IFileStats
{
    FileProbe Probe(string fullPath);
}

/// <summary>Looks at files through the file system abstraction: right everywhere, but without the file's identity.</summary>
public sealed class PortableStats(IFileSystem files) : IFileStats
{
    public FileProbe Probe(string fullPath)
    {
        try
        {
            var info = files.FileInfo.New(fullPath);
            return info.Exists ? FileProbe.File(new FileStamp(info.Length, new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero)))
                : files.Directory.Exists(fullPath) ? FileProbe.Unreadable("a directory stands where a file should be")
                : FileProbe.Missing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileProbe.Unreadable(error.Message);
        }
    }
}
