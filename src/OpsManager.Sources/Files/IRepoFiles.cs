using OpsManager.Core.Observations;

namespace OpsManager.Sources.Files;

/// <summary>
/// The files of one repository, wherever they are: on disk, or in a tape that is being played. Paths are relative to the
/// repository and use '/'. Safe to call from any thread.
/// </summary>
public interface IRepoFiles
{
    /// <summary>Looks at a file without reading it.</summary>
    FileProbe Probe(string path);

    /// <summary>Reads from <paramref name="offset"/> on; fewer bytes than asked only at the end of the file.</summary>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    int ReadAt(string path, long offset, Span<byte> buffer);

    /// <summary>Names of the directories in a directory, in ordinal order; empty where it is not there.</summary>
    IReadOnlyList<string> Directories(string path);

    /// <summary>Looks at what stands at a path itself: a link is not followed but said to be one; a directory is <see cref="FileProbe.Directory"/>.</summary>
    FileProbe ProbeEntry(string path);

    /// <summary>
    /// What stands in a directory beside directories, not recursive, in ordinal order of the names and at most <see cref="MaxEntries"/>;
    /// empty where it is not there. Links are listed with a fault, and never followed.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    IReadOnlyList<FileEntry> Files(string directory);

    /// <summary>Most entries of one directory that are listed.</summary>
    const int MaxEntries = 10_000;
}

/// <summary>A name in a directory. <paramref name="Fault"/> says why it is no file that can be read; null where it is one.</summary>
public readonly record struct FileEntry(string Name, FileStamp Stamp, string? Fault);

/// <summary>What stands at a path.</summary>
/// <param name="Condition">Present, Missing or Unreadable.</param>
/// <param name="Stamp">Size, time and identity of a file that is there.</param>
/// <param name="Fault">Why it cannot be read.</param>
public readonly record struct FileProbe(ArtifactCondition Condition, FileStamp Stamp, string? Fault)
{
    public static readonly FileProbe Missing = new(ArtifactCondition.Missing, default, null);

    public static readonly FileProbe Directory = Unreadable("a directory stands where a file should be");

    public static readonly FileProbe Link = Unreadable("a symbolic link, not followed");

    public static FileProbe File(FileStamp stamp) => new(ArtifactCondition.Present, stamp, null);

    public static FileProbe Unreadable(string fault) => new(ArtifactCondition.Unreadable, default, fault);
}
