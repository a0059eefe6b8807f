using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Sources.Files;
using OpsManager.Sources.Replay;

namespace OpsManager.Sources.Compare;

/// <summary>The files of runs that are over or still go on: a repository on disk, or a recording as it was at its end.</summary>
/// <param name="Name">As messages name it.</param>
/// <param name="Files">The files of its repository.</param>
/// <param name="Loops">Loops that have a log, in ordinal order.</param>
public sealed record RunPlace(string Name, IRepoFiles Files, IReadOnlyList<string> Loops)
{
    /// <summary>A loop that was removed before the recording ended, with its files as they were before.</summary>
    private IReadOnlyDictionary<string, IRepoFiles> Removed { get; init; } = new Dictionary<string, IRepoFiles>(StringComparer.Ordinal);

    /// <summary>A repository on disk.</summary>
    /// <exception cref="ContractException">No loop has run in it.</exception>
    public static RunPlace Repository(IFileSystem files, string root)
    {
        var door = GuardedFiles.Open(files, root);
        var loops = LoopDirectories.In(door).Where(loop => door.IsFile(ArtifactPaths.Events(loop))).ToArray();
        return loops.Length > 0 ? new RunPlace(root, door, loops) : throw NoLoop(root);
    }

    /// <summary>A recording at its end.</summary>
    /// <exception cref="ContractException">It has no log.</exception>
    public static RunPlace Recording(Tape tape)
    {
        var files = new TapeFiles();
        var removed = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < tape.Steps.Count; at++)
        {
            files.Apply(tape.Steps[at], tape.RecordedAt + tape.Steps[at].At);
            if (tape.Steps[at] is TapeRemove { Path: var path } && LoopOf(path) is { } loop)
            {
                removed[loop] = at;
            }
        }

        var loops = tape.Steps.Select(static step => step switch
        {
            TapePut put => LoopOf(put.Path),
            TapeAppend append => LoopOf(append.Path),
            _ => null,
        }).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return loops.Length == 0
            ? throw NoLoop(tape.Name)
            : new RunPlace(tape.Name, files, loops)
            {
                Removed = loops.Where(loop => removed.ContainsKey(loop) && files.Probe(ArtifactPaths.Events(loop)).IsMissing)
                    .ToDictionary(static loop => loop, loop => files.At(removed[loop]), StringComparer.Ordinal),
            };
    }

    /// <summary>The files that have the log of a loop.</summary>
    public IRepoFiles FilesOf(string loop) => Removed.GetValueOrDefault(loop, Files);

    /// <summary>The loop that is meant.</summary>
    /// <exception cref="ContractException">It is not here, or there are several and none was named.</exception>
    public string Loop(string? named) => (named, Loops) switch
    {
        ({ } loop, _) when Loops.Contains(loop, StringComparer.Ordinal) => loop,
        ({ } loop, _) => throw new ContractException(
            "run_missing", $"{Name} has no loop {loop} with a log; loops here: {string.Join(", ", Loops.Take(20))}"),
        (null, [var only]) => only,
        _ => throw new ContractException("run_missing",
            $"{Name} has {Loops.Count} loops, so name one, as in {Name}:{Loops[0]}; loops here: {string.Join(", ", Loops.Take(20))}"),
    };

    private static ContractException NoLoop(string place) =>
        new("run_missing", $"{place} has no {ArtifactPaths.Loops}/LOOP/{FileNames.Events}: no loop has run in it");

    /// <summary>The loop whose log a path is; null where it is none.</summary>
    private static string? LoopOf(string path)
    {
        var loop = path.Split('/') is [_, _, var name, FileNames.Events] ? name : null;
        return loop is not null && path == ArtifactPaths.Events(loop) ? loop : null;
    }
}
