using OpsManager.Contract;

namespace OpsManager.Sources.Replay;

/// <summary>One file of a .superloop that is replayed, as it was found.</summary>
/// <param name="Path">Relative to the repository, so it begins with .superloop.</param>
/// <param name="Size">In bytes; more is not read.</param>
/// <param name="Open">Opens it; whoever calls closes it.</param>
internal sealed record RecordedFile(string Path, long Size, DateTimeOffset ModifiedAt, Func<Stream> Open)
{
    /// <summary>The loop in whose directory it is, the runtime's or the manager's; null where it is in none.</summary>
    public string? Loop { get; } = NameBelow(Path, ArtifactPaths.Loops) ?? NameBelow(Path, ArtifactPaths.ManagerRoot);

    /// <summary>The whole file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] Read()
    {
        using var stream = Open();
        using var whole = new MemoryStream((int)Size);
        stream.CopyTo(whole);
        return whole.ToArray();
    }

    private static string? NameBelow(string path, string directory)
    {
        var start = directory.Length + 1;
        var end = path.StartsWith(directory + "/", StringComparison.Ordinal) ? path.IndexOf('/', start) : -1;
        return end > start ? path[start..end] : null;
    }
}
