using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Pager;

/// <summary>One log of a run.</summary>
/// <param name="Iteration">Null where it is not one of an iteration.</param>
/// <param name="Name">The role, or what else it is, in a word or two.</param>
internal sealed record RunLogFile(string Path, long? Iteration, string Name, DateTimeOffset? ModifiedAt)
{
    /// <summary>"iteration 3 · tester".</summary>
    public string Title => Iteration is { } number ? string.Create(CultureInfo.InvariantCulture, $"iteration {number} · {Name}") : Name;
}

/// <summary>The logs of the run whose log is open, in the order of iterations and roles.</summary>
/// <param name="Run">The run.</param>
/// <param name="GoesOn">With the log of whatever works next, while the newest line is followed.</param>
internal sealed record RunLogs(LoopKey Run, bool GoesOn)
{
    private const string LogFolder = "logs/";
    private const string MessageFolder = "last_messages/";
    private const string TestOutput = "test-output.txt";
    private const string IterationFolder = "iter-";

    /// <summary>The order in which the runtime lets them work.</summary>
    private static readonly string[] Roles = ["planner", "implementer", "tester", "reviewer"];

    public IReadOnlyList<RunLogFile> Files { get; init; } = [];

    /// <summary>The log that is written now, or was last; null where there is none.</summary>
    public RunLogFile? Newest { get; init; }

    /// <summary>Why logs that may be there are not listed; null where nothing is in the way.</summary>
    public string? Fault { get; init; }

    /// <summary>The files were listed at least once.</summary>
    public bool AreListed { get; init; }

    public RunLogFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>The same with what is there now.</summary>
    /// <param name="loop">The run; null where it is no longer watched.</param>
    public RunLogs With(LoopFileList listed, LoopModel? loop)
    {
        var root = ArtifactPaths.Loop(Run.Loop) + "/";
        RunLogFile[] files =
        [
            .. listed.Files
                .Where(file => file.Fault is null && file.Path.StartsWith(root, StringComparison.Ordinal))
                .Select(file => From(file, file.Path[root.Length..]))
                .OfType<RunLogFile>()
                .OrderBy(static file => file.Iteration ?? long.MaxValue)
                .ThenBy(static file => Rank(file))
                .ThenBy(static file => file.Path, StringComparer.Ordinal),
        ];
        return this with { Files = files, Newest = AtWork(files, loop), AreListed = true, Fault = listed.Fault };
    }

    /// <summary>Where the log of a role stands.</summary>
    public static string PathOf(string loop, long iteration, string role) =>
        string.Create(CultureInfo.InvariantCulture, $"{ArtifactPaths.Loop(loop)}/{LogFolder}{IterationFolder}{iteration}/{role}.log");

    /// <summary>Where the output of the tests stands.</summary>
    public static string TestsOf(string loop) => $"{ArtifactPaths.Loop(loop)}/{TestOutput}";

    /// <summary>The log of who works now; where that is not known or not there, the one that was written last.</summary>
    private RunLogFile? AtWork(RunLogFile[] files, LoopModel? loop)
    {
        var path = loop?.Tally switch
        {
            { RoleAtWork: { Role: { } role, Iteration: { } iteration } } => PathOf(Run.Loop, iteration, role),
            { Newest.Name: "tests_start" or "tests_rerun_start" } => TestsOf(Run.Loop),
            _ => null,
        };
        return Array.Find(files, file => file.Path == path)
            ?? files.Where(static file => !file.Path.Contains(MessageFolder, StringComparison.Ordinal))
                .OrderBy(static file => file.ModifiedAt ?? DateTimeOffset.MinValue)
                .ThenBy(static file => file.Iteration ?? -1)
                .LastOrDefault()
            ?? (files.Length > 0 ? files[^1] : null);
    }

    private static RunLogFile? From(LoopFile file, string name)
    {
        if (name == TestOutput)
        {
            return new(file.Path, null, "test output", file.ModifiedAt);
        }

        var plain = Path.GetFileNameWithoutExtension(name);
        if (name.StartsWith(MessageFolder, StringComparison.Ordinal))
        {
            return new(file.Path, null, $"last message of {plain}", file.ModifiedAt);
        }

        if (!name.StartsWith(LogFolder, StringComparison.Ordinal))
        {
            return null;
        }

        var folder = Path.GetDirectoryName(name[LogFolder.Length..]) ?? "";
        return folder.StartsWith(IterationFolder, StringComparison.Ordinal)
            && long.TryParse(folder.AsSpan(IterationFolder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var iteration)
            ? new(file.Path, iteration, plain, file.ModifiedAt)
            : new(file.Path, null, name[LogFolder.Length..], file.ModifiedAt);
    }

    /// <summary>Roles as they work; what no iteration has stands behind them all: other logs, the tests, the last messages.</summary>
    private static int Rank(RunLogFile file) =>
        file.Iteration is not null ? Array.IndexOf(Roles, file.Name) is >= 0 and var rank ? rank : Roles.Length
        : file.Path.Contains(MessageFolder, StringComparison.Ordinal) ? 2
        : file.Path.EndsWith(TestOutput, StringComparison.Ordinal) ? 1 : 0;
}
