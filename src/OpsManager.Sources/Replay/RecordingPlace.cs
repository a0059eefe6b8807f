using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Where a recording is, behind the door to files. A link that the user names is followed, because the path is the user's word; one that
/// is found below it is not.
/// </summary>
/// <param name="Path">Behind the door.</param>
internal sealed record RecordingPlace(GuardedFiles Door, string Path)
{
    /// <summary>The last name of its path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The name of the directory that it is in.</summary>
    public string ParentName => Door.Root[(Door.Root.LastIndexOf('/') + 1)..] is { Length: > 0 } name ? name : Name;

    /// <summary>As messages name it.</summary>
    public string Full => Door.Full(Path);

    public bool IsThere => !Door.Probe(Path).IsMissing;

    public bool IsDirectory => Door.IsDirectory(Path);

    /// <summary>Whether anything is at a path that the user names.</summary>
    public static bool Exists(IFileSystem files, string path) => files.File.Exists(path) || files.Directory.Exists(path);

    /// <exception cref="ContractException">Nothing is there.</exception>
    public static RecordingPlace Find(IFileSystem files, string path)
    {
        var full = files.Path.TrimEndingDirectorySeparator(files.Path.GetFullPath(path));
        if (!Exists(files, full))
        {
            throw new ContractException("recording_missing", $"{full} does not exist");
        }

        full = files.FileInfo.New(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        var place = files.Path.GetDirectoryName(full) is { } parent
            ? new RecordingPlace(GuardedFiles.Open(files, parent), files.Path.GetFileName(full))
            : throw new ContractException("recording_missing", $"{full} cannot be replayed: name a tape, or a directory in it");
        return place;
    }

    public RecordingPlace Below(string name) => this with { Path = $"{Path}/{name}" };

    /// <summary>Names of the files in this directory, links included.</summary>
    public IEnumerable<string> Files() => Door.Files(Path).Select(static entry => entry.Name);

    /// <exception cref="ContractException">Something else is there, such as a link.</exception>
    public void CheckDirectory()
    {
        if (!IsDirectory)
        {
            throw new ContractException(
                "recording_invalid", $"{Full}: {Door.Probe(Path).Fault ?? "a file is where a directory should be"}");
        }
    }

    /// <summary>Its bytes, unpacked where they are packed.</summary>
    /// <exception cref="ContractException">It is too large, or no regular file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public RecordingStream Open() => Door.Probe(Path) is { IsPresent: true, Stamp.Size: var size }
        ? RecordingStream.Open(Full, size, () => new GuardedStream(Door, Path, size))
        : throw new ContractException("recording_invalid", $"{Full}: {Door.Probe(Path).Fault ?? "it is not a file that can be read"}");
}
