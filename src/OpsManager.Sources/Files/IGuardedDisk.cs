using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Files;

/// <summary>
/// How <see cref="GuardedFiles"/> reaches the disk. Paths are relative to the repository and checked; no implementation follows a link in
/// any component, and each names the component that is one.
/// </summary>
internal interface IGuardedDisk
{
    FileProbe Probe(string path);

    /// <exception cref="IOException">It is gone, no regular file, or behind a link.</exception>
    int ReadAt(string path, long offset, Span<byte> buffer);

    /// <summary>The names in a directory and whether each is a directory; null where it is not there.</summary>
    /// <exception cref="IOException">It cannot be listed, or is behind a link.</exception>
    IReadOnlyList<(string Name, bool IsDirectory)>? List(string path);

    /// <summary>Opens a regular file that has one name for reading, and for writing at its end; makes it where it is not there.</summary>
    Stream OpenAppend(string path);

    /// <summary>Opens a regular file that has one name for reading and writing; makes it where it is not there.</summary>
    SafeFileHandle OpenHandle(string path);

    /// <summary>Puts a new file in the place of the one that is there; nobody ever sees half of it.</summary>
    /// <param name="isOwn">Only its owner may read it.</param>
    void Replace(string path, ReadOnlySpan<byte> bytes, bool isOwn = false);

    /// <summary>
    /// A file that nobody but this user can have written; null where there is none, or it is larger than <paramref name="maxBytes"/>.
    /// </summary>
    byte[]? ReadOwn(string path, int maxBytes);

    /// <summary>Renames within a directory; what has the new name is replaced.</summary>
    void Rename(string from, string to);

    /// <summary>Two files of one directory change their names in one step: nobody ever sees one name without a file.</summary>
    /// <returns>False where the file system has no such step; nothing has changed then.</returns>
    bool TryExchange(string path, string name);

    /// <summary>Removes a file; nothing where it is not there.</summary>
    void Delete(string path);
}
