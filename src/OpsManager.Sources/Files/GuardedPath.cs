using System.IO.Abstractions;

namespace OpsManager.Sources.Files;

/// <summary>One file behind the door <see cref="GuardedFiles"/>. As text it is the full path, as messages name it.</summary>
/// <param name="Path">Relative to the root of <paramref name="Files"/>.</param>
public readonly record struct GuardedPath(GuardedFiles Files, string Path)
{
    /// <summary>
    /// A file that the user names. One inside the repository is reached through the repository's door, wherever it is in there; of
    /// one elsewhere, the directory is the user's word.
    /// </summary>
    public static GuardedPath Named(IFileSystem files, GuardedFiles repository, string path)
    {
        var full = files.Path.GetFullPath(path);
        return (RepoPath.Below(full, repository.Root) ?? Inside(files, repository.Root, full)) is { Length: > 0 } inside
            ? new(repository, inside)
            : new(GuardedFiles.Open(files, files.Path.GetDirectoryName(full) ?? "/"), files.Path.GetFileName(full));
    }

    /// <summary>The same where the repository is named by another path than the file: one of them may lead over links.</summary>
    private static string? Inside(IFileSystem files, string root, string full)
    {
        if (files is not FileSystem || StatxStats.Identify(root, out var wanted) != 0)
        {
            return null;
        }

        for (var above = files.Path.GetDirectoryName(full); above is not null; above = files.Path.GetDirectoryName(above))
        {
            if (StatxStats.Identify(above, out var found) == 0 && found == wanted)
            {
                return RepoPath.Below(full, above);
            }
        }

        return null;
    }

    public bool Exists => !Files.Probe(Path).IsMissing;

    /// <summary>The file, looked at; null where it is not there.</summary>
    /// <exception cref="IOException">Something else is there, or it is reached through a link only.</exception>
    public FileProbe? Inspect() => Files.Probe(Path) switch
    {
        { IsMissing: true } => null,
        { IsPresent: true } probe => probe,
        var probe => throw new IOException($"{this}: {probe.Fault}"),
    };

    /// <summary>Fails as an append would fail because of what is there now; nothing is written.</summary>
    /// <exception cref="IOException">It is behind a link, no regular file, or has another name elsewhere.</exception>
    public void CheckAppendable()
    {
        var probe = Files.Probe(Path);
        if (probe.HasOtherNames || (!probe.IsMissing && !probe.IsPresent))
        {
            throw GuardedFaults.NotOurs(ToString(), probe.HasOtherNames ? GuardedFaults.OtherNames : probe.Fault!);
        }
    }

    /// <inheritdoc cref="GuardedFiles.Read"/>
    public byte[]? Read() => Files.Read(Path);

    /// <inheritdoc cref="GuardedFiles.Replace"/>
    public void Replace(string text) => Files.Replace(Path, text);

    /// <inheritdoc cref="GuardedFiles.AppendLine"/>
    public (long Start, long End) AppendLine(string line, bool durable = false) => Files.AppendLine(Path, line, durable);

    public override string ToString() => Files.Full(Path);
}
