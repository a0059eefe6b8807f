using System.IO.Abstractions;
using OpsManager.Contract;

namespace OpsManager.Sources.Files;

/// <summary>
/// The links that the user allows: a <c>.superloop</c> that is itself a link, as worktrees have it, named by <c>--allow-link</c> or in
/// config.yaml; and, below the program's own folder, the one link of ours that lets two copies of a sprite share the manager's files.
/// </summary>
public sealed class AllowedLinks
{
    private readonly List<string> named = [];
    private Func<IReadOnlyList<string>> configured = static () => [];
    private IReadOnlyList<string>? read;

    /// <summary>The program's own folder; null where there is none.</summary>
    public string? OwnFolder { get; set; }

    /// <summary>Allows what a flag names: a repository, or the link in it.</summary>
    public void Add(IEnumerable<string> paths) => named.AddRange(paths);

    /// <summary>Allows what the user's settings name as well; they are asked only when a link is met.</summary>
    public void AddLater(Func<IReadOnlyList<string>> paths) => configured = paths;

    /// <summary>The path below <paramref name="root"/> that may be a link, relative to it; null where none may.</summary>
    public string? In(IFileSystem files, string root)
    {
        if (OwnFolder is { } own && root.StartsWith(own + "/", StringComparison.Ordinal))
        {
            return ArtifactPaths.ManagerRoot;
        }

        var link = files.Path.Combine(root, ArtifactPaths.Root);
        var isLink = files.DirectoryInfo.New(link).LinkTarget is not null;
        return isLink && Named().Any(path => Names(files, path, root, link)) ? ArtifactPaths.Root : null;
    }

    private IEnumerable<string> Named() => named.Concat(read ??= configured());

    private static bool Names(IFileSystem files, string path, string root, string link)
    {
        var full = files.Path.TrimEndingDirectorySeparator(files.Path.GetFullPath(path));
        return full == root || full == link;
    }
}
