using System.IO.Abstractions;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;

namespace OpsManager.Cli;

/// <summary>What a verb needs of the world: made once in the composition, replaced in tests.</summary>
internal sealed record VerbContext(IFileSystem Files, TimeProvider Time, Func<string, string?> Environment, Func<string> NewTraceId)
{
    /// <summary>Starts every program; none gets a token of ours.</summary>
    public ChildProcess Children { get; } = ChildProcess.Create(
        Files, Environment, new TokenVariables(UserFiles.Create(Files, Environment)).Names, Time);

    /// <summary>The columns of the terminal that standard output is; null where it is none.</summary>
    public Func<int?> TerminalWidth { get; init; } = static () => null;

    /// <summary>Measures the start; null where nobody asked for it.</summary>
    public StartProfile? Profile { get; init; }

    /// <summary>Whether standard error is a terminal.</summary>
    public Func<bool> ErrorIsTerminal { get; init; } = static () => false;

    /// <summary>The repository that was named, or the nearest one from the working directory upward.</summary>
    public string Repo(string? named)
    {
        var finder = new RepoFinder(Files);
        return named is not null
            ? NamedRepo(finder, named)
            : finder.FindUpward(WorkingDirectory.From(Files)) ?? throw new ContractException(
            FailureCodes.SnapshotUnavailable,
            $"required artifact missing: {ArtifactPaths.Root} in the working directory or above; name a repository with --repo");
    }

    /// <summary>
    /// The same where a directory in which no loop has run yet will do: what is kept of it, or will be, is there.
    /// </summary>
    /// <exception cref="ContractException">It is no directory, or what is in the place of .superloop cannot be one.</exception>
    public string Place(string? named)
    {
        var full = named is null ? null : Files.Path.TrimEndingDirectorySeparator(Files.Path.GetFullPath(named));
        return full is not null && new RepoFinder(Files).CanBeRepo(full) ? full : Repo(named);
    }

    /// <summary>
    /// Makes .superloop in a place, so that what is kept of its loops can be there. Where a run is found by its command line, its
    /// directory is missing: somebody may be about to put it back, so nothing is made in its place.
    /// </summary>
    public void MakeRoot(string place)
    {
        var finder = new RepoFinder(Files);
        if (!finder.IsRepo(place) && ProcTable.Open(Files, place).RunningLoops().Count == 0)
        {
            finder.Make(place);
        }
    }

    /// <summary>A repository is one also while its .superloop is missing, as long as a run is found in it by its command line.</summary>
    private string NamedRepo(RepoFinder finder, string named)
    {
        var full = Files.Path.TrimEndingDirectorySeparator(Files.Path.GetFullPath(named));
        return !finder.IsRepo(full) && finder.IsDirectory(full) && ProcTable.Open(Files, full).RunningLoops().Count > 0
            ? full
            : finder.Named(named);
    }

    /// <summary>The repositories that were named, each once, or the nearest one.</summary>
    public IReadOnlyList<string> Repos(string[]? named) =>
        named is { Length: > 0 } ? [.. named.Select(name => Repo(name)).Distinct(StringComparer.Ordinal)] : [Repo(null)];

    /// <summary>Who acts, as the runtime will record it.</summary>
    public string Operator(string? named) => named ?? Environment("USER") ?? "operator";

    /// <exception cref="ContractException">It is no trace id.</exception>
    public string TraceId(string? given) => (given ?? Environment(VariableNames.TraceId)) switch
    {
        null or "" => NewTraceId(),
        var named when TraceIds.IsOne(named) => named,
        _ => throw new ContractException("usage", $"a trace id has 1 to {TraceIds.MaxLength} printable ASCII characters and no space"),
    };
}
