using OpsManager.Core.Model;

namespace OpsManager.Sources.Local;

/// <summary>The raw files of a loop, for display.</summary>
public interface ILoopFiles
{
    /// <summary>
    /// The loop's files: the named artifacts first, then its other files, its logs with the newest iteration first, and the
    /// manager's files.
    /// </summary>
    LoopFileList List(LoopModel loop);

    /// <summary>
    /// The same for whoever has a log open: a sprite is asked for its logs, at most every other second, and they come with a later call.
    /// </summary>
    LoopFileList Logs(LoopModel loop);

    /// <summary>Opens a file of a repository for paging. Always returns something; what is wrong is its fault.</summary>
    /// <param name="path">Relative to the repository, under <c>.superloop</c>.</param>
    ITextLines Open(string repo, string path);
}

/// <summary>The files that are listed, and how many entries at least are not.</summary>
public sealed record LoopFileList(IReadOnlyList<LoopFile> Files, int LeftOut)
{
    public static readonly LoopFileList Empty = new([], 0);

    /// <summary>Why files are not listed that may be there; null where nothing is in the way.</summary>
    public string? Fault { get; init; }
}

/// <summary>Whose file it is.</summary>
public enum LoopFileGroup
{
    /// <summary>One for all loops of the repository.</summary>
    Repo,

    /// <summary>Of the loop's directory.</summary>
    Loop,

    /// <summary>The manager's own.</summary>
    Manager,
}

/// <summary>One file, or something that cannot be read as one and says why.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Name">Relative to the directory of its group.</param>
/// <param name="Size">Bytes; null with a fault.</param>
public sealed record LoopFile(LoopFileGroup Group, string Path, string Name, long? Size, DateTimeOffset? ModifiedAt, string? Fault)
{
    /// <summary>It has more than one hard link, so it may be a file of another place as well.</summary>
    public bool HasOtherNames { get; init; }
}
