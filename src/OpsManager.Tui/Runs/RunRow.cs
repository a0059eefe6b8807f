using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// A row of the run list: a run, the group of a repository with several, a source itself, or what is to be said of it.
/// </summary>
/// <param name="Loop">Null where it is no run.</param>
/// <param name="IsInGroup">The run is under a group or a source.</param>
internal readonly record struct RunRow(RepoModel Repo, LoopModel? Loop, bool IsInGroup)
{
    /// <summary>The source's own row: it cannot be read now, or has no loops. Null in every other row.</summary>
    public SourceStanding? Source { get; init; }

    /// <summary>The line under a source: its error, and the key that helps.</summary>
    public bool IsNote { get; init; }

    /// <summary>Its runs stand under it, or would where it is not folded.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The runs of the group are not shown.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Of the runs of the group that the filter leaves.</summary>
    public RollUp Runs { get; init; }

    /// <summary>What is chosen with this row; null where it cannot be.</summary>
    public LoopKey? Key => Loop is { } loop ? LoopKey.From(loop) : IsNote ? null : new LoopKey(Repo.Path, "");

    /// <summary>
    /// Groups are repositories with several loops, where there are several repositories. Every source that is not being read
    /// has a row of its own, over its runs as they were read last. Those without runs come behind all runs, the worst first; by
    /// urgency those that are unreachable come before all that can be read.
    /// </summary>
    /// <param name="runs">Those of one repository together.</param>
    /// <param name="isByUrgency">What needs somebody comes first.</param>
    /// <param name="isFolded">Tells of a repository whether its group is folded.</param>
    /// <param name="isShown">Tells of a source whether the filter leaves its row.</param>
    public static IReadOnlyList<RunRow> From(
        Watched watched, IReadOnlyList<LoopModel> runs, bool isByUrgency, Func<string, bool> isFolded, Func<RepoModel, bool> isShown)
    {
        var rows = new List<RunRow>(runs.Count);
        var others = WithoutRuns(watched, runs.Select(static run => run.Repo).ToHashSet(StringComparer.Ordinal), isShown);
        var urgent = isByUrgency ? others.TakeWhile(static row => row.Source is { Condition: SourceCondition.Unreachable }).Count() : 0;
        var placed = 0;
        for (var start = 0; start < runs.Count;)
        {
            var (path, rollUp, end) = (runs[start].Repo, default(RollUp), start);
            for (; end < runs.Count && runs[end].Repo == path; end++)
            {
                rollUp = rollUp.With(runs[end]);
            }

            var repo = watched.Fleet.Repos[path];
            for (; placed < urgent && watched.StandingOf(repo).Condition != SourceCondition.Unreachable; placed++)
            {
                Add(rows, others[placed]);
            }

            AddGroup(rows, watched, repo, rollUp, isFolded(path));
            var isInGroup = rows.Count > 0 && rows[^1].Loop is null && rows[^1].Repo.Path == path;
            var isHidden = isInGroup && isFolded(path);
            for (; start < end; start++)
            {
                if (!isHidden)
                {
                    rows.Add(new(repo, runs[start], isInGroup));
                }
            }
        }

        for (; placed < others.Count; placed++)
        {
            Add(rows, others[placed]);
        }

        return rows;
    }

    /// <summary>The rows of the sources without runs in the list, the worst first.</summary>
    private static List<RunRow> WithoutRuns(Watched watched, HashSet<string> told, Func<RepoModel, bool> isShown)
    {
        var isOnly = watched.Fleet.Repos.Count + watched.Unheard.Count == 1;
        return
        [
            .. from source in watched.Sources
               where !told.Contains(source.Path) && isShown(source)
               let standing = watched.StandingOf(source)
               // Of a repository that is read, and whose runs the filter hides, there is nothing to say; of the only one the pane
               // itself speaks.
               where standing.Condition != SourceCondition.Read || (source.Loops.IsEmpty && !isOnly)
               orderby Urgency(standing.Condition), watched.NameOf(source.Path)
               select new RunRow(source, null, false) { Source = standing },
        ];
    }

    /// <summary>The row over the runs of a repository, where it has one.</summary>
    private static void AddGroup(List<RunRow> rows, Watched watched, RepoModel repo, RollUp runs, bool isFolded)
    {
        var standing = watched.StandingOf(repo);
        var group = new RunRow(repo, null, false) { IsGroup = true, IsFolded = isFolded, Runs = runs };
        if (standing.Condition != SourceCondition.Read)
        {
            Add(rows, group with { Source = standing });
        }
        else if (watched.Fleet.Repos.Count > 1 && repo.Loops.Count > 1)
        {
            rows.Add(group);
        }
    }

    private static void Add(List<RunRow> rows, RunRow source)
    {
        rows.Add(source);
        if (source.Source is { Condition: SourceCondition.Asleep or SourceCondition.Unreachable })
        {
            rows.Add(source with { IsNote = true });
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
