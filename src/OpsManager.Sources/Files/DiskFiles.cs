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

    public FileProbe ProbeEntry(string path) => stats.ProbeEntry(Full(path));

    public IReadOnlyList<FileEntry> Files(string directory)
    {
        var entries = new List<FileEntry>();
        try
        {
            var full = Full(directory);
            foreach (var name in files.Directory.EnumerateFileSystemEntries(full).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
            {
                if (EntryOf(files.Path.Combine(full, name), name) is { } entry)
                {
                    entries.Add(entry);
                }

                if (entries.Count == IRepoFiles.MaxEntries)
                {
                    break;
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Not there, gone meanwhile, or not a directory.
        }

        return entries;
    }

    private FileEntry? EntryOf(string full, string name)
    {
        var probe = stats.ProbeEntry(full);
        return probe.Condition switch
        {
            ArtifactCondition.Present => new FileEntry(name, probe.Stamp, null),
            ArtifactCondition.Missing => name.Contains('\uFFFD') ? new FileEntry(name, default, "its name is not UTF-8, so it cannot be opened") : null,
            _ => probe == FileProbe.Directory ? null : new FileEntry(name, default, probe.Fault),
        };
    }

    public string Full(string path) => files.Path.Combine(Root, path);
}

/// <summary>Looks at a file by its full path.</summary>
public interface IFileStats
{
    FileProbe Probe(string fullPath);

    /// <summary>The same, but a link is not followed and is <see cref="FileProbe.Link"/>.</summary>
    FileProbe ProbeEntry(string fullPath);
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
                : files.Directory.Exists(fullPath) ? FileProbe.Directory
                : FileProbe.Missing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileProbe.Unreadable(error.Message);
        }
    }

    public FileProbe ProbeEntry(string fullPath)
    {
        try
        {
            return files.FileInfo.New(fullPath).LinkTarget is null ? Probe(fullPath) : FileProbe.Link;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileProbe.Unreadable(error.Message);
        }
    }
}
