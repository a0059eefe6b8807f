namespace OpsManager.Sources.Files;

/// <summary>
/// The files of one repository, wherever they are: on disk (<see cref="GuardedFiles"/>), or in a tape that is being played. Paths are
/// relative to the repository and use '/'. A link is never followed. Safe to call from any thread.
/// </summary>
public interface IRepoFiles
{
    /// <summary>
    /// Looks at what is at a path without reading it. A directory is <see cref="FileProbe.Directory"/>, a link <see
    /// cref="FileProbe.Link"/>.
    /// </summary>
    FileProbe Probe(string path);

    /// <summary>Reads from <paramref name="offset"/> on; fewer bytes than asked only at the end of the file.</summary>
    /// <exception cref="IOException">The file is gone, cannot be read, or is reached through a link only.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    int ReadAt(string path, long offset, Span<byte> buffer);

    /// <summary>Names of the directories in a directory, in ordinal order, without links; empty where it is not there.</summary>
    /// <exception cref="IOException">It cannot be read, or is reached through a link only.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    IReadOnlyList<string> Directories(string path);

    /// <summary>
    /// What is in a directory beside directories, not recursive, in ordinal order of the names and at most <see cref="MaxEntries"/>;
    /// empty where it is not there. Links are listed with a fault, and never followed.
    /// </summary>
    /// <exception cref="IOException">It cannot be read, or is reached through a link only.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    IReadOnlyList<FileEntry> Files(string directory);

    /// <summary>Entries of one directory that are listed at most.</summary>
    const int MaxEntries = 10_000;
}
