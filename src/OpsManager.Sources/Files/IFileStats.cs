using System.IO.Abstractions;

namespace OpsManager.Sources.Files;

/// <summary>
/// Looks at files of the user's own folders by their full path. Links are followed: who keeps settings elsewhere links to them. What
/// is under a repository is looked at through <see cref="GuardedFiles"/> alone.
/// </summary>
public interface IFileStats
{
    FileProbe Probe(string fullPath);

    /// <summary>The best way to look at files that this host has.</summary>
    static IFileStats For(IFileSystem files) =>
        files is FileSystem && StatxStats.IsSupported ? new StatxStats() : new PortableStats(files);
}
