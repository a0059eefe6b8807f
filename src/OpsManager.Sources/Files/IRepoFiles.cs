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
}

/// <summary>What stands at a path.</summary>
/// <param name="Condition">Present, Missing or Unreadable.</param>
/// <param name="Stamp">Size, time and identity of a file that is there.</param>
/// <param name="Fault">Why it cannot be read.</param>
public readonly record struct FileProbe(ArtifactCondition Condition, FileStamp Stamp, string? Fault)
{
    public static readonly FileProbe Missing = new(ArtifactCondition.Missing, default, null);

    public static FileProbe File(FileStamp stamp) => new(ArtifactCondition.Present, stamp, null);

    public static FileProbe Unreadable(string fault) => new(ArtifactCondition.Unreadable, default, fault);
}
