using System.Collections.Immutable;
using OpsManager.Configuration.Yaml;
using OpsManager.Core.Model;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// The runs in their order and as the filter leaves them: computed once for what it follows from, however often the screen is drawn.
/// </summary>
internal sealed class RunLists
{
    private readonly FleetModel fleet;
    private readonly RunSort sort;
    private readonly IReadOnlyList<LoopKey>? held;
    private readonly string filter;
    private readonly ImmutableDictionary<string, SpriteStyle> sprites;
    private readonly Dictionary<LoopKey, int> places = [];
    private readonly ImmutableArray<string> repositories;
    private readonly ImmutableHashSet<string> folded;
    private readonly Dictionary<LoopKey, int> rows = [];
    private readonly Dictionary<LoopKey, int> choicePlaces = [];
    private readonly List<LoopKey> choices = [];
    private readonly List<LoopKey> keys = [];
    private readonly List<int> shownPlaces = [];

    private RunLists(Watched watched, RunsState state)
    {
        (fleet, sort, held, filter, sprites) = (watched.Fleet, state.Sort, state.Held?.Runs, state.Filter, watched.Sprites);
        folded = state.Folded;
        repositories = watched.Repositories;
        Filter = RunFilter.Parse(filter);
        All = RunOrder.From(fleet, sort, state.Held, watched.NameOf);
        Shown = filter.Length == 0 ? All : Filtered(watched);
        for (var i = 0; i < All.Count; i++)
        {
            keys.Add(LoopKey.From(All[i]));
            places.Add(keys[i], i);
        }

        foreach (var loop in Shown)
        {
            shownPlaces.Add(places[LoopKey.From(loop)]);
        }

        Rows = RunRow.From(
            watched, Shown, sort == RunSort.Urgency, IsFolded,
            source => filter.Length == 0
                || Filter.HoldsSource(watched.StandingOf(source), watched.NameOf(source.Path), LabelsOf(source.Path)));
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Rows[i].Key is { } key)
            {
                rows.Add(key, i);
                choicePlaces.Add(key, choices.Count);
                choices.Add(key);
            }
        }

        Columns = RunColumns.Measure(watched, Rows);
    }

    public RunFilter Filter { get; }

    /// <summary>Every run, in the order of the list.</summary>
    public IReadOnlyList<LoopModel> All { get; }

    /// <summary>Those for which the filter holds.</summary>
    public IReadOnlyList<LoopModel> Shown { get; }

    /// <summary>The identities of <see cref="All"/>.</summary>
    public IReadOnlyList<LoopKey> Keys => keys;

    /// <summary>What the columns of the list need.</summary>
    public RunColumns Columns { get; }

    /// <summary>The rows that can be chosen, in their order.</summary>
    public IReadOnlyList<LoopKey> Choices => choices;

    /// <summary>These with their headings, and the sources that are no runs.</summary>
    public IReadOnlyList<RunRow> Rows { get; }

    /// <summary>The lists of this model: <paramref name="known"/> where they follow from the same.</summary>
    public static RunLists From(Watched watched, RunsState state, RunLists? known) =>
        known is not null && ReferenceEquals(known.fleet, watched.Fleet)
        && known.sort == state.Sort && known.HoldsOrder(state.Held)
        && known.filter == state.Filter && ReferenceEquals(known.sprites, watched.Sprites)
        && ReferenceEquals(known.folded, state.Folded)
        && known.repositories == watched.Repositories
            ? known
            : new RunLists(watched, state);

    /// <summary>The place of a choice among <see cref="Choices"/>; -1 where it is not shown.</summary>
    public int ChoiceOf(LoopKey key) => choicePlaces.GetValueOrDefault(key, -1);

    /// <summary>The path of the repository whose group this row is, or is in; null where it is in none.</summary>
    public string? GroupOf(LoopKey? key) =>
        key is { } of && rows.TryGetValue(of, out var row) && (Rows[row].IsGroup || Rows[row].IsInGroup) ? of.Repo : null;

    /// <summary>The row of a choice; -1 where it is not shown.</summary>
    public int RowOf(LoopKey key) => rows.GetValueOrDefault(key, -1);

    /// <summary>
    /// What is chosen: what the operator has chosen where it is shown, or the nearest that is. Until they have chosen anything
    /// the first run,
    /// or where no run is shown the first source.
    /// </summary>
    public LoopKey? Chosen(LoopKey? wanted)
    {
        if (wanted is { } key && rows.ContainsKey(key))
        {
            return key;
        }

        if (wanted is { } hidden && IsFolded(hidden.Repo) && rows.ContainsKey(new(hidden.Repo, "")) && fleet.Loop(hidden.Repo, hidden.Loop)
            is not null)
        {
            return new(hidden.Repo, "");
        }

        // A source that can be read again has given its row to its runs.
        var run = wanted is not { } other ? Shown is [var first, ..] ? first : null
            : other.Loop.Length == 0 && Shown.FirstOrDefault(loop => loop.Repo == other.Repo) is { } instead ? instead
            : Nearest(other);
        return run is null ? choices is [var source, ..] ? source : null
            : rows.ContainsKey(LoopKey.From(run)) ? LoopKey.From(run) : new(run.Repo, "");
    }

    /// <summary>The place of a run among those that are shown; -1 where it is not.</summary>
    public int PlaceOf(LoopModel loop) =>
        places.TryGetValue(LoopKey.From(loop), out var place) && shownPlaces.BinarySearch(place) is >= 0 and var index ? index : -1;

    /// <summary>
    /// The run where it is shown; else the nearest one that is, the next before the one before; null where none is shown.
    /// </summary>
    public LoopModel? Nearest(LoopKey run)
    {
        if (Shown.Count == 0)
        {
            return null;
        }

        if (!places.TryGetValue(run, out var place))
        {
            return Shown[0];
        }

        var index = shownPlaces.BinarySearch(place);
        if (index >= 0)
        {
            return Shown[index];
        }

        var next = ~index;
        return next == Shown.Count || (next > 0 && place - shownPlaces[next - 1] < shownPlaces[next] - place)
            ? Shown[next - 1]
            : Shown[next];
    }

    /// <summary>Runs of one repository stand together: its name and labels are found once for all of them.</summary>
    private List<LoopModel> Filtered(Watched watched)
    {
        var found = new List<LoopModel>();
        string? repo = null;
        var (name, labels) = ("", new ValueList<string>([]));
        foreach (var loop in All)
        {
            if (repo != loop.Repo)
            {
                (repo, name, labels) = (loop.Repo, watched.NameOf(loop.Repo), LabelsOf(loop.Repo));
            }

            if (Filter.Holds(loop, name, labels))
            {
                found.Add(loop);
            }
        }

        return found;
    }

    /// <summary>What a filter finds is shown, also in a group that is folded.</summary>
    private bool IsFolded(string repo) => filter.Length == 0 && folded.Contains(repo);

    /// <summary>A list that was held already, or that stands as it is held now, is the same list.</summary>
    private bool HoldsOrder(HeldOrder? order) => ReferenceEquals(held, order?.Runs) || ReferenceEquals(keys, order?.Runs);

    private ValueList<string> LabelsOf(string repo) => sprites.TryGetValue(repo, out var look) ? look.Labels : new([]);
}
