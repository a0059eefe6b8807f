using System.Globalization;
using System.IO.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Files;

/// <summary>
/// A repository reached through the file system abstraction, for hosts other than Linux. Links are looked for before a path is
/// opened, so a
/// link that is made in that moment is not noticed.
/// </summary>
internal sealed class PortableDisk(IFileSystem files, string root, string? followed) : IGuardedDisk
{
    private readonly PortableStats stats = new(files);

    public FileProbe Probe(string path)
    {
        try
        {
            return LinkOn(path) is { } link
                ? link == path ? FileProbe.Link : FileProbe.Unreadable(GuardedFaults.Link(link))
                : stats.Probe(Full(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileProbe.Unreadable(error.Message);
        }
    }

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        // The runtime truncates, renames and deletes while we read, and must never be stopped from it.
        using var stream = files.FileStream.New(
            Guarded(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Position = offset;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    public IReadOnlyList<(string Name, bool IsDirectory)>? List(string path)
    {
        var full = Guarded(path);
        return files.Directory.Exists(full)
            ? [.. files.DirectoryInfo.New(full)
                .EnumerateFileSystemInfos()
                .Select(static entry => (entry.Name, entry is IDirectoryInfo && entry.LinkTarget is null))]
            : null;
    }

    public Stream OpenAppend(string path)
    {
        MakeParent(path);
        var stream = files.FileStream.New(Guarded(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }

    public SafeFileHandle OpenHandle(string path) => throw new PlatformNotSupportedException("locks need Linux");

    public void Replace(string path, ReadOnlySpan<byte> bytes, bool isOwn = false)
    {
        MakeParent(path);
        var full = Guarded(path);
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{full}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = files.FileStream.New(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            files.File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            files.File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whose a file is cannot be said here.</summary>
    public byte[]? ReadOwn(string path, int maxBytes) => null;

    public void Rename(string from, string to) =>
        files.File.Move(Guarded(from), files.Path.Combine(files.Path.GetDirectoryName(Full(from))!, to), overwrite: true);

    public bool TryExchange(string path, string name) => false;

    public void Delete(string path)
    {
        if (files.File.Exists(Guarded(path)))
        {
            files.File.Delete(Full(path));
        }
    }

    private void MakeParent(string path) =>
        files.Directory.CreateDirectory(RepoPath.Cut(path).Directory is { Length: > 0 } directory ? Guarded(directory) : root);

    private string Guarded(string path) =>
        path.Length > 0 && LinkOn(path) is { } link ? throw new PathRefusedException(Full(GuardedFaults.Link(link))) : Full(path);

    private string? LinkOn(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (part != followed && files.FileInfo.New(Full(part)).LinkTarget is not null)
            {
                return part;
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private string Full(string path) => files.Path.Combine(root, path);
}
