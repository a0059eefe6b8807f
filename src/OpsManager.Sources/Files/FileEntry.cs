using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Files;

/// <summary>A name in a directory.</summary>
/// <param name="Fault">Why it is no file that can be read; null where it is one.</param>
public readonly record struct FileEntry(string Name, FileStamp Stamp, string? Fault)
{
    /// <summary>See <see cref="FileProbe.HasOtherNames"/>.</summary>
    public bool HasOtherNames { get; init; }
}
