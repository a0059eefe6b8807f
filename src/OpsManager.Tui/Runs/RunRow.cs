using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// A row of the run list: a run, the heading of a repository with several, a source itself, or what is to be said of it.
/// </summary>
/// <param name="Loop">Null where it is no run.</param>
/// <param name="IsInGroup">The run is under a heading or a source.</param>
internal readonly record struct RunRow(RepoModel Repo, LoopModel? Loop, bool IsInGroup)
{
    /// <summary>The source's own row: it cannot be read now, or has no loops. Null in every other row.</summary>
    public SourceStanding? Source { get; init; }

    /// <summary>The line under a source: its error, and the key that helps.</summary>
    public bool IsNote { get; init; }

    /// <summary>What is chosen with this row; null where it cannot be.</summary>
    public LoopKey? Key => Loop is { } loop ? LoopKey.From(loop) : Source is not null && !IsNote ? new LoopKey(Repo.Path, "") : null;

    /// <summary>
    /// Headings are over repositories with several loops, where there are several repositories. Every source that is not being read
    /// has a row of its own, over its runs as they were read last; those without runs come behind all runs, the worst first.
    /// </summary>
    /// <param name="isShown">Tells of a source whether the filter leaves its row.</param>
    public static IReadOnlyList<RunRow> From(Watched watched, IReadOnlyList<LoopModel> runs, Func<RepoModel, bool> isShown)
    {
        var rows = new List<RunRow>(runs.Count);
        var told = new HashSet<string>(StringComparer.Ordinal);
        string? group = null;
        foreach (var loop in runs)
        {
            var repo = watched.Fleet.Repos[loop.Repo];
            var standing = watched.StandingOf(repo);
            var isOut = standing.Condition != SourceCondition.Read;
            var isInGroup = isOut || (watched.Fleet.Repos.Count > 1 && repo.Loops.Count > 1);
            if (isInGroup && group != loop.Repo)
            {
                if (isOut)
                {
                    Add(rows, repo, standing);
                }
                else
                {
                    rows.Add(new(repo, null, false));
                }
            }

            group = loop.Repo;
            told.Add(loop.Repo);
            rows.Add(new(repo, loop, isInGroup));
        }

        var isOnly = watched.Fleet.Repos.Count + watched.Unheard.Count() == 1;
        var others =
            from source in watched.Sources
            where !told.Contains(source.Path) && isShown(source)
            let standing = watched.StandingOf(source)
            // Of a repository that is read, and whose runs the filter hides, there is nothing to say; of the only one the pane
            // itself speaks.
            where standing.Condition != SourceCondition.Read || (source.Loops.IsEmpty && !isOnly)
            orderby Urgency(standing.Condition), watched.NameOf(source.Path)
            select (source, standing);
        foreach (var (source, standing) in others)
        {
            Add(rows, source, standing);
        }

        return rows;
    }

    private static void Add(List<RunRow> rows, RepoModel source, SourceStanding standing)
    {
        rows.Add(new(source, null, false) { Source = standing });
        if (standing.Condition is SourceCondition.Asleep or SourceCondition.Unreachable)
        {
            rows.Add(new(source, null, false) { Source = standing, IsNote = true });
        }
    }

    private static int Urgency(SourceCondition condition) => condition switch
    {
        SourceCondition.Unreachable => 0,
        SourceCondition.NotRead => 1,
        SourceCondition.Asleep => 2,
        _ => 3,
    };
}
