using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>
/// Lists and opens the files behind a loop. Agents write in these directories: links are never followed, and what is walked is
/// bounded.
/// </summary>
public sealed class LoopFiles(IReadOnlyList<ISource> sources) : ILoopFiles
{
    /// <summary>Most files that are listed.</summary>
    public const int MaxFiles = 500;

    /// <summary>Of these, the manager's own.</summary>
    private const int MaxManagerFiles = 100;

    public LoopFileList List(LoopModel loop) => FilesOf(loop.Repo) is { } files ? List(files, loop) : LoopFileList.Empty;

    public LoopFileList Logs(LoopModel loop) => SourceOf(loop.Repo) switch
    {
        null => LoopFileList.Empty,
        ILogSource distant when ArtifactPaths.IsLoopId(loop.Id) => Merged(List(loop), distant.Logs(loop.Id)),
        var source => List(source.Files, loop),
    };

    /// <summary>The same of the files of one repository.</summary>
    public static LoopFileList List(IRepoFiles files, LoopModel loop)
    {
        var found = new List<LoopFile>();
        foreach (var path in (ReadOnlySpan<string>)[ArtifactPaths.State, ArtifactPaths.ActiveRun])
        {
            var probe = files.Probe(path);
            if (probe.Condition != ArtifactCondition.Missing)
            {
                var isThere = probe.Condition == ArtifactCondition.Present;
                found.Add(new LoopFile(
                    LoopFileGroup.Repo, path, path[(ArtifactPaths.Root.Length + 1)..], isThere ? probe.Stamp.Size : null,
                    isThere ? probe.Stamp.ModifiedAt : null, probe.Fault)
                { HasOtherNames = probe.HasOtherNames });
            }
        }

        // A loop that only a claim names may have any text for its id.
        if (!ArtifactPaths.IsLoopId(loop.Id))
        {
            return new LoopFileList(found, 0);
        }

        var manager = new FileWalk(files, LoopFileGroup.Manager, ArtifactPaths.Manager(loop.Id), MaxManagerFiles);
        var own = new FileWalk(files, LoopFileGroup.Loop, ArtifactPaths.Loop(loop.Id), MaxFiles - found.Count - manager.Found.Count);
        return new LoopFileList([.. found, .. own.Found, .. manager.Found], own.LeftOut + manager.LeftOut);
    }

    public ITextLines Open(string repo, string path) =>
        FilesOf(repo) is not { } files ? new FixedLines([], "this repository is not watched", path)
        : !IsInside(path) ? new FixedLines([], $"not a path under {ArtifactPaths.Root}", path)
        : SourceOf(repo) is ILogSource distant && !files.Probe(path).IsPresent && distant.Open(path) is { } log ? log
        : new TextLines(files, path);

    /// <summary>What the copy has, and what only the sprite has.</summary>
    private static LoopFileList Merged(LoopFileList copy, LoopFileList distant)
    {
        var known = copy.Files.Select(static file => file.Path).ToHashSet(StringComparer.Ordinal);
        return distant with { Files = [.. copy.Files, .. distant.Files.Where(file => !known.Contains(file.Path))] };
    }

    private static bool IsInside(string path) =>
        path.StartsWith(ArtifactPaths.Root + "/", StringComparison.Ordinal)
            && !path.Contains('\0')
            && path.Split('/').All(static name => name is not ("" or "." or ".."));

    private ISource? SourceOf(string repo) => sources.FirstOrDefault(source => source.Repo == repo);

    private IRepoFiles? FilesOf(string repo) => SourceOf(repo)?.Files;
}
