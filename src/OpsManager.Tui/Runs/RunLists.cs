using System.Collections.Immutable;
using OpsManager.Configuration.Yaml;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// The runs in their order and as the filter leaves them: computed once for what it follows from, however often the screen is drawn, and
/// from the lists before it, so that a repository that has not changed costs nothing.
/// </summary>
internal sealed class RunLists
{
    private readonly FleetModel fleet;
    private readonly RunSort sort;
    private readonly RunGroups? held;
    private readonly ImmutableDictionary<string, SpriteStyle> sprites;
    private readonly ImmutableArray<string> repositories;
    private readonly ImmutableHashSet<string> folded;

    /// <summary>Of the groups, in their order.</summary>
    private readonly RunSection[] sections;

    /// <summary>The same with the sources that have no runs in the list, in the order of the rows.</summary>
    private readonly RunSection[] parts;

    /// <summary>For each of <see cref="sections"/> its index among <see cref="parts"/>.</summary>
    private readonly int[] partOf;

    /// <summary>Sources that have no runs in the list, by their paths: their index among <see cref="parts"/>.</summary>
    private readonly Dictionary<string, int> others = new(PathComparer.Instance);

    private readonly JoinedList<LoopModel> shown;
    private readonly JoinedList<RunRow> rows;
    private readonly JoinedList<LoopKey> choices;

    private RunLists(Watched watched, RunsState state, RunLists? known)
    {
        (fleet, sort, held, sprites) = (watched.Fleet, state.Sort, state.Held?.Runs, watched.Sprites);
        (folded, repositories) = (state.Folded, watched.Repositories);
        Filter = known is not null && known.Filter.Text == state.Filter ? known.Filter : RunFilter.Parse(state.Filter);
        Groups = RunGroups.From(watched, sort, held, known?.Groups);
        sections = new RunSection[Groups.Count];
        for (var place = 0; place < sections.Length; place++)
        {
            sections[place] = Groups[place].Section(watched, Filter, IsFolded(Groups[place].Runs.Repo.Path));
        }

        (parts, partOf) = Parts(Sources(watched));
        shown = JoinedList<LoopModel>.Of(
            sections.Length, place => sections[place].Shown, (place, index) => sections[place].ShownAt(index));
        rows = JoinedList<RunRow>.Of(parts.Length, part => parts[part].Rows, (part, row) => parts[part].RowAt(row));
        choices = JoinedList<LoopKey>.Of(parts.Length, part => parts[part].Choices, (part, row) => parts[part].ChoiceAt(row));
        Columns = RunColumns.Measure(parts, rows);
    }

    public RunFilter Filter { get; }

    /// <summary>Every run by its repository, in the order of the list.</summary>
    public RunGroups Groups { get; }

    /// <summary>Every run, in the order of the list.</summary>
    public IReadOnlyList<LoopModel> All => Groups.Runs;

    /// <summary>Those for which the filter holds.</summary>
    public IReadOnlyList<LoopModel> Shown => shown;

    /// <summary>What the columns of the list need.</summary>
    public RunColumns Columns { get; }

    /// <summary>The rows that can be chosen, in their order.</summary>
    public IReadOnlyList<LoopKey> Choices => choices;

    /// <summary>The runs that are shown with their headings, and the sources that are no runs.</summary>
    public IReadOnlyList<RunRow> Rows => rows;

    /// <summary>The lists of this model: <paramref name="known"/> where they follow from the same.</summary>
    public static RunLists From(Watched watched, RunsState state, RunLists? known) =>
        known is not null && ReferenceEquals(known.fleet, watched.Fleet)
        && known.sort == state.Sort && known.HoldsOrder(state.Held)
        && known.Filter.Text == state.Filter && ReferenceEquals(known.sprites, watched.Sprites)
        && ReferenceEquals(known.folded, state.Folded)
        && known.repositories == watched.Repositories
            ? known
            : new RunLists(watched, state, known);

    /// <summary>The place of a choice among <see cref="Choices"/>; -1 where it is not shown.</summary>
    public int ChoiceOf(LoopKey key) =>
        RowIn(key) is ( >= 0 and var part, var row) ? choices.StartOf(part) + parts[part].ChoiceOfRow(row) : -1;

    /// <summary>The path of the repository whose group this row is, or is in; null where it is in none.</summary>
    public string? GroupOf(LoopKey? key) => key is { } of && RowIn(of) is ( >= 0 and var part, _) && parts[part].IsGroup ? of.Repo : null;

    /// <summary>The row of a choice; -1 where it is not shown.</summary>
    public int RowOf(LoopKey key) => RowIn(key) is ( >= 0 and var part, var row) ? rows.StartOf(part) + row : -1;

    /// <summary>
    /// What is chosen: what the operator has chosen where it is shown, or the nearest that is. Until they have chosen anything
    /// the first run,
    /// or where no run is shown the first source.
    /// </summary>
    public LoopKey? Chosen(LoopKey? wanted)
    {
        if (wanted is { } key && RowOf(key) >= 0)
        {
            return key;
        }

        if (wanted is { } hidden && IsFolded(hidden.Repo) && RowOf(new(hidden.Repo, "")) >= 0
            && fleet.Loop(hidden.Repo, hidden.Loop) is not null)
        {
            return new(hidden.Repo, "");
        }

        // A source that can be read again has given its row to its runs.
        var run = wanted is not { } other ? Shown is [var first, ..] ? first : null
            : other.Loop.Length == 0 && FirstOf(other.Repo) is { } instead ? instead
            : Nearest(other);
        return run is null ? choices is [var source, ..] ? source : null
            : RowOf(LoopKey.From(run)) >= 0 ? LoopKey.From(run) : new(run.Repo, "");
    }

    /// <summary>The place of a run among those that are shown; -1 where it is not.</summary>
    public int PlaceOf(LoopModel loop) =>
        Groups.PlaceOf(loop.Repo) is >= 0 and var place && sections[place].ShownOf(loop.Id) is >= 0 and var index
            ? shown.StartOf(place) + index
            : -1;

    /// <summary>The runs of a repository that are shown.</summary>
    public IEnumerable<LoopModel> ShownOf(string repo) => Groups.PlaceOf(repo) is >= 0 and var place
        ? Enumerable.Range(0, sections[place].Shown).Select(sections[place].ShownAt)
        : [];

    /// <summary>
    /// The run where it is shown; else the nearest one that is, the next before the one before; null where none is shown.
    /// </summary>
    public LoopModel? Nearest(LoopKey run)
    {
        if (Shown.Count == 0)
        {
            return null;
        }

        if (Groups.PlaceOf(run) is not (>= 0 and var place))
        {
            return Shown[0];
        }

        var group = Groups.PlaceOf(run.Repo);
        var next = shown.StartOf(group) + sections[group].ShownBefore(place - Groups.Runs.StartOf(group));
        return next == Shown.Count || (next > 0 && place - PlaceInAll(next - 1) < PlaceInAll(next) - place)
            ? Shown[next - 1]
            : Shown[next];
    }

    private LoopModel? FirstOf(string repo) =>
        Groups.PlaceOf(repo) is >= 0 and var place && sections[place].Shown > 0 ? sections[place].ShownAt(0) : null;

    private int PlaceInAll(int index)
    {
        var group = shown.PartOf(index);
        return Groups.Runs.StartOf(group) + sections[group].PlaceAt(index - shown.StartOf(group));
    }

    /// <summary>What has the row of a choice, and the row in it; -1 where it is not shown.</summary>
    private (int Part, int Row) RowIn(LoopKey key)
    {
        var part = others.TryGetValue(key.Repo, out var other) ? other
            : Groups.PlaceOf(key.Repo) is >= 0 and var place ? partOf[place]
            : -1;
        return part >= 0 && parts[part].RowOf(key.Loop) is >= 0 and var row ? (part, row) : (-1, -1);
    }

    /// <summary>
    /// The sources without runs in the list, the worst first. Of a repository that is read, and whose runs the filter hides, there is
    /// nothing to say; of the only one the pane itself speaks.
    /// </summary>
    private List<(RepoModel Repo, RunSection Section)> Sources(Watched watched)
    {
        var isOnly = fleet.Repos.Count + watched.Unheard.Count == 1;
        var found = new List<(RepoModel Repo, SourceStanding Standing, string Name)>();
        foreach (var group in Groups.All)
        {
            var runs = group.Runs;
            if ((runs.Standing.Condition != SourceCondition.Read || (group.Count == 0 && !isOnly))
                && (Groups.PlaceOf(runs.Repo.Path) is not (>= 0 and var place) || sections[place].Shown == 0)
                && (Filter.IsEmpty || Filter.HoldsSource(runs.Standing, runs.Name, runs.Labels)))
            {
                found.Add((runs.Repo, runs.Standing, runs.Name));
            }
        }

        foreach (var path in watched.Unheard)
        {
            var (repo, look) = (new RepoModel(path), sprites.GetValueOrDefault(path));
            var (standing, name) = (Watched.StandingOf(repo, look), Watched.NameOf(path, look));
            if (Filter.IsEmpty || Filter.HoldsSource(standing, name, look?.Labels ?? ValueList<string>.Empty))
            {
                found.Add((repo, standing, name));
            }
        }

        return
        [
            .. found.OrderBy(static source => Urgency(source.Standing.Condition)).ThenBy(static source => source.Name)
                .Select(source => (source.Repo, RunSection.From(watched, source.Repo, source.Standing))),
        ];
    }

    /// <summary>
    /// Sources without runs come behind all runs; by urgency those that are unreachable come before all that can be read.
    /// </summary>
    private (RunSection[] Parts, int[] PartOf) Parts(List<(RepoModel Repo, RunSection Section)> sources)
    {
        var (all, places, placed) = (new List<RunSection>(sections.Length + sources.Count), new int[sections.Length], 0);
        void Place(int until)
        {
            for (; placed < until; placed++)
            {
                others.Add(sources[placed].Repo.Path, all.Count);
                all.Add(sources[placed].Section);
            }
        }

        var urgent = sort == RunSort.Urgency ? sources.TakeWhile(static source => source.Section.IsUnreachable).Count() : 0;
        for (var place = 0; place < sections.Length; place++)
        {
            if (sections[place].Shown > 0 && Groups[place].Runs.Standing.Condition != SourceCondition.Unreachable)
            {
                Place(urgent);
            }

            places[place] = all.Count;
            all.Add(sections[place]);
        }

        Place(sources.Count);
        return ([.. all], places);
    }

    /// <summary>What a filter finds is shown, also in a group that is folded.</summary>
    private bool IsFolded(string repo) => Filter.IsEmpty && !folded.IsEmpty && folded.Contains(repo);

    /// <summary>A list that was held already, or that stands as it is held now, is the same list.</summary>
    private bool HoldsOrder(HeldOrder? order) => ReferenceEquals(held, order?.Runs) || ReferenceEquals(Groups, order?.Runs);

    private static int Urgency(SourceCondition condition) => condition switch
    {
        SourceCondition.Unreachable => 0,
        SourceCondition.NotRead => 1,
        SourceCondition.Asleep => 2,
        _ => 3,
    };
}
