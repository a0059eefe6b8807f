using System.Globalization;
using OpsManager.Contract.Words;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>
/// Lists the files of one directory and of those in it, in the order in which somebody wants to see them, up to a limit.
/// </summary>
internal sealed class FileWalk
{
    /// <summary>The directory itself, those in it, and those in these.</summary>
    private const int MaxDepth = 3;

    /// <summary>docs/contract.md, "Runtime artifacts": in this order and before all others.</summary>
    private static readonly string[] Named =
    [
        FileNames.Events, FileNames.Summary, FileNames.Approval, FileNames.Decisions, FileNames.Heartbeat, FileNames.Usage,
        "rate-limit.json", "stuck.json", "test-status.json", "gate-summary.txt", "plan.md", "review.md", "test-report.md", "evidence.json",
    ];

    private readonly IRepoFiles files;
    private readonly LoopFileGroup group;
    private readonly int limit;

    public FileWalk(IRepoFiles files, LoopFileGroup group, string root, int limit)
    {
        (this.files, this.group, this.limit) = (files, group, limit);
        Walk(root, "", 1);
    }

    public List<LoopFile> Found { get; } = [];

    /// <summary>Entries that are not listed; a directory that was not looked into counts as one.</summary>
    public int LeftOut { get; private set; }

    private void Walk(string directory, string prefix, int depth)
    {
        IReadOnlyList<FileEntry> entries;
        IReadOnlyList<string> below;
        try
        {
            entries = files.Files(directory);
            below = files.Directories(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Add(new LoopFile(group, directory, prefix.Length == 0 ? "./" : prefix, null, null, error.Message));
            return;
        }

        foreach (var entry in depth == 1 ? entries.OrderBy(static entry => Rank(entry.Name)) : (IEnumerable<FileEntry>)entries)
        {
            var isFile = entry.Fault is null;
            Add(new LoopFile(
                group, $"{directory}/{entry.Name}", prefix + entry.Name, isFile ? entry.Stamp.Size : null,
                isFile ? entry.Stamp.ModifiedAt : null, entry.Fault)
            { HasOtherNames = entry.HasOtherNames });
        }

        LeftOut += entries.Count == IRepoFiles.MaxEntries ? 1 : 0;
        foreach (var name in below.OrderBy(static name => name == "logs" ? 0 : 1).ThenByDescending(Iteration))
        {
            if (Found.Count >= limit || depth == MaxDepth)
            {
                LeftOut++;
            }
            else if (files.Probe($"{directory}/{name}") == FileProbe.Directory)
            {
                // A link to a directory stands among the files, with its fault.
                Walk($"{directory}/{name}", $"{prefix}{name}/", depth + 1);
            }
        }
    }

    private void Add(LoopFile file)
    {
        if (Found.Count < limit)
        {
            Found.Add(file);
        }
        else
        {
            LeftOut++;
        }
    }

    private static int Rank(string name) => Array.IndexOf(Named, name) is >= 0 and var rank ? rank : Named.Length;

    /// <summary>The number of "iter-7", so that the newest comes first; other names stay in their order.</summary>
    private static long Iteration(string name) =>
        name.StartsWith("iter-", StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
