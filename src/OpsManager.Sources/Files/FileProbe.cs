using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Files;

/// <summary>What is at a path.</summary>
/// <param name="Condition">Present, Missing or Unreadable.</param>
/// <param name="Stamp">Size, time and identity of a file that is there.</param>
/// <param name="Fault">Why it cannot be read.</param>
public readonly record struct FileProbe(ArtifactCondition Condition, FileStamp Stamp, string? Fault)
{
    /// <summary>What is said of a device, a socket or a pipe.</summary>
    public const string NotRegular = "not a regular file";

    public static readonly FileProbe Missing = new(ArtifactCondition.Missing, default, null);

    public static readonly FileProbe Directory = Unreadable("a directory is where a file should be");

    public static readonly FileProbe Link = Unreadable("a symbolic link, which is not followed; put what it leads to in its place");

    /// <summary>
    /// The file has more than one hard link, so it may be a file of another place as well. It is read, with a note; it is neither
    /// written nor served.
    /// </summary>
    public bool HasOtherNames { get; init; }

    public bool IsPresent => Condition == ArtifactCondition.Present;

    public bool IsMissing => Condition == ArtifactCondition.Missing;

    public static FileProbe File(FileStamp stamp) => new(ArtifactCondition.Present, stamp, null);

    public static FileProbe Unreadable(string fault) => new(ArtifactCondition.Unreadable, default, fault);
}
