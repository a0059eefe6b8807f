using OpsManager.Contract;

namespace OpsManager.Sources.Files;

/// <summary>
/// The loops of a repository by their directories. One that is a link is listed too, so that it can be said why it is not read.
/// </summary>
public static class LoopDirectories
{
    /// <summary>Loop ids in ordinal order.</summary>
    /// <exception cref="IOException">They cannot be listed, or their directory is reached through a link only.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static IReadOnlyList<string> In(IRepoFiles files)
    {
        var found = files.Directories(ArtifactPaths.Loops).Where(ArtifactPaths.IsLoopId);
        var links = files.Files(ArtifactPaths.Loops)
            .Where(static entry => entry.Fault == FileProbe.Link.Fault && ArtifactPaths.IsLoopId(entry.Name))
            .Select(static entry => entry.Name);
        return [.. found.Concat(links).Order(StringComparer.Ordinal)];
    }

    /// <summary>Checks that loops can be looked for; that there are none yet is no fault.</summary>
    /// <exception cref="ContractException">They are reached through a link only, or may not be looked at.</exception>
    public static void Check(GuardedFiles files)
    {
        var probe = files.Probe(ArtifactPaths.Loops);
        if (!probe.IsMissing && probe != FileProbe.Directory)
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"{files.Full(ArtifactPaths.Loops)}: {probe.Fault}");
        }
    }

    /// <summary>Whether the directory of a loop is there.</summary>
    /// <exception cref="ContractException">It is unknown: it is only reached through a link, or cannot be read.</exception>
    public static bool Contains(GuardedFiles files, string loop)
    {
        var path = ArtifactPaths.Loop(loop);
        var probe = files.Probe(path);
        if (!probe.IsMissing && !probe.IsPresent && probe != FileProbe.Directory)
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"{files.Full(path)}: {probe.Fault}");
        }

        return probe == FileProbe.Directory;
    }
}
