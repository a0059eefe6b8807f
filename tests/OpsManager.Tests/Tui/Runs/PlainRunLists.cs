using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>The run list as it is defined: all of it made of all runs, at any cost. <see cref="RunLists"/> has to give the same.</summary>
internal sealed class PlainRunLists
{
    private readonly Watched watched;
    private readonly RunsState state;
    private readonly RunFilter filter;

    /// <param name="held">The order that is held, in place of that of <paramref name="state"/>; null where none is.</param>
    public PlainRunLists(Watched watched, RunsState state, IReadOnlyList<LoopKey>? held)
    {
        (this.watched, this.state, filter) = (watched, state, RunFilter.Parse(state.Filter));
        All = Ordered(held);
        Shown = [.. All.Where(loop => filter.Holds(loop, watched.NameOf(loop.Repo), LabelsOf(loop.Repo)))];
        Rows = Made();
    }

    public IReadOnlyList<LoopModel> All { get; }

    public IReadOnlyList<LoopModel> Shown { get; }

    public IReadOnlyList<RunRow> Rows { get; }

    /// <summary>Name, state, state without iterations, alerts, notes, and the extra columns with the cells of the host.</summary>
    public (int Name, int State, int ShortState, bool HasAlerts, bool HasNotes, string Extra) Columns
    {
        get
        {
            var measured = Rows.Where(static row => row.Loop is not null || row is { Source: not null, IsNote: false }).ToList();
            var sources = measured.Where(static row => row.Loop is null).Select(static row => RunText.State(row.Source!.Value).Length - 2);
            var loops = measured.Select(static row => row.Loop).OfType<LoopModel>().ToList();
            var repos = measured.Where(static row => row.Loop is not null).Select(static row => row.Repo).ToList();
            bool Has(ExtraColumn column) => column switch
            {
                ExtraColumn.Lag => measured.Any(row => row.Loop is { } one && RunText.Lag(one, watched.NowIn(row.Repo)).Length > 0),
                ExtraColumn.Host => repos.Exists(static repo => repo.Sprite is not null),
                ExtraColumn.Stage => loops.Exists(loop => RunText.Stage(watched, loop) != "assisted"),
                ExtraColumn.CostToday => measured.Any(row => row.Loop is { } one && RunText.CostToday(watched, row.Repo, one).Length > 0),
                ExtraColumn.LastRead => repos.Exists(static repo => repo.Sprite?.GoodAt is not null),
                ExtraColumn.Health => loops.Exists(static loop => loop.ShownHealth.Status != HealthStatus.Healthy),
                _ => loops.Exists(static loop => loop.Tally.Newest is not null),
            };
            var host = repos.Where(static repo => repo.Sprite is not null)
                .Select(repo => CellText.Width(RunText.Host(watched, repo))).DefaultIfEmpty(0).Max();
            return (
                measured.Select(row => CellText.Width(RunText.Name(watched, row))).Append("RUN".Length).Max(),
                loops.Select(RunText.StateWidth).Concat(sources).Append("STATE↓".Length).Max(),
                loops.Select(RunText.ShortStateWidth).Concat(sources).Append("STATE↓".Length).Max(),
                loops.Exists(static loop => loop.Cases.Pending.Length > 0 || loop.Verdict.Alerts.Any()),
                Rows.Any(static row => row.IsNote),
                string.Join(' ', Enum.GetValues<ExtraColumn>().Where(Has)) + (Has(ExtraColumn.Host) ? Math.Clamp(host, 5, 20) : 0));
        }
    }

    /// <summary>The run where it is shown; else the nearest one that is, the next before the one before.</summary>
    public LoopModel? Nearest(LoopKey run)
    {
        var place = All.ToList().FindIndex(loop => LoopKey.From(loop) == run);
        return place < 0
            ? Shown.Count > 0 ? Shown[0] : null
            : Shown.OrderBy(shown => Math.Abs(All.ToList().IndexOf(shown) - place)).ThenByDescending(shown => All.ToList().IndexOf(shown))
                .FirstOrDefault();
    }

    private bool IsFolded(string repo) => state.Filter.Length == 0 && state.Folded.Contains(repo);

    private ValueList<string> LabelsOf(string repo) =>
        watched.Sprites.TryGetValue(repo, out var look) ? look.Labels : ValueList<string>.Empty;

    private IReadOnlyList<LoopModel> Ordered(IReadOnlyList<LoopKey>? held)
    {
        var unreachable = watched.Fleet.Repos.Values
            .Where(static repo => SourceStanding.From(repo).Condition == SourceCondition.Unreachable).Select(static repo => repo.Path)
            .ToHashSet();
        var loops = watched.Fleet.Loops;
        IEnumerable<LoopModel> sorted = state.Sort switch
        {
            RunSort.Urgency => loops.OrderBy(loop => unreachable.Contains(loop.Repo) ? 0 : 1)
                .ThenBy(static loop => RunOrder.Urgency(loop.Verdict.Ruling)),
            RunSort.Age => loops.OrderByDescending(static loop => loop.Verdict.Ruling.Since ?? DateTimeOffset.MinValue),
            RunSort.Lag => loops.OrderBy(static loop => loop.Tally.Newest?.At ?? DateTimeOffset.MaxValue),
            _ => loops.OrderBy(loop => watched.NameOf(loop.Repo), StringComparer.Ordinal),
        };
        if (held is not null)
        {
            var places = held.Index().ToDictionary(static place => place.Item, static place => place.Index);
            sorted = sorted.OrderBy(loop => places.GetValueOrDefault(LoopKey.From(loop), int.MaxValue));
        }

        return [.. sorted.GroupBy(static loop => loop.Repo, StringComparer.Ordinal).SelectMany(static group => group)];
    }

    private List<RunRow> Made()
    {
        var rows = new List<RunRow>();
        var others = new Queue<RunRow>(WithoutRuns());
        var urgent = state.Sort == RunSort.Urgency
            ? others.TakeWhile(static row => row.Source is { Condition: SourceCondition.Unreachable }).Count()
            : 0;
        foreach (var group in Shown.GroupBy(static loop => loop.Repo))
        {
            var repo = watched.Fleet.Repos[group.Key];
            var standing = watched.StandingOf(repo);
            for (; urgent > 0 && standing.Condition != SourceCondition.Unreachable; urgent--)
            {
                Add(rows, others.Dequeue());
            }

            var title = new RunRow(repo, null, false)
            {
                IsGroup = true,
                IsFolded = IsFolded(repo.Path),
                Runs = group.Aggregate(default(RollUp), static (all, loop) => all.With(loop)),
                Source = standing.Condition != SourceCondition.Read ? standing : null,
            };
            var hasTitle = title.Source is not null || (watched.Fleet.Repos.Count > 1 && repo.Loops.Count > 1);
            if (hasTitle)
            {
                Add(rows, title);
            }

            rows.AddRange(hasTitle && title.IsFolded ? [] : group.Select(loop => new RunRow(repo, loop, hasTitle)));
        }

        while (others.TryDequeue(out var other))
        {
            Add(rows, other);
        }

        return rows;
    }

    private IEnumerable<RunRow> WithoutRuns()
    {
        var told = Shown.Select(static run => run.Repo).ToHashSet(StringComparer.Ordinal);
        var isOnly = watched.Sources.Count() == 1;
        return
            from source in watched.Sources
            let standing = watched.StandingOf(source)
            where !told.Contains(source.Path)
                && (state.Filter.Length == 0 || filter.HoldsSource(standing, watched.NameOf(source.Path), LabelsOf(source.Path)))
                && (standing.Condition != SourceCondition.Read || (source.Loops.IsEmpty && !isOnly))
            orderby standing.Condition switch
            {
                SourceCondition.Unreachable => 0,
                SourceCondition.NotRead => 1,
                SourceCondition.Asleep => 2,
                _ => 3,
            }, watched.NameOf(source.Path)
            select new RunRow(source, null, false) { Source = standing };
    }

    private static void Add(List<RunRow> rows, RunRow source)
    {
        rows.Add(source);
        if (source.Source is { Condition: SourceCondition.Asleep or SourceCondition.Unreachable })
        {
            rows.Add(source with { IsNote = true });
        }
    }
}
