using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// What the list shows of one repository: the row of the group or of the source, with what is to be said of it, and its runs as the filter
/// leaves them. Groups are repositories with several loops, where there are several repositories. Every source that is not being read has
/// a row of its own, over its runs as they were read last.
/// </summary>
internal sealed class RunSection
{
    private readonly RunGroup? group;
    private readonly RunFilter? filter;
    private readonly bool isFolded;

    /// <summary>Places in the group that the filter leaves, in their order; null for all.</summary>
    private readonly int[]? shown;

    private readonly RunRow[] titles;

    private RunSection(RunGroup? group, RunFilter? filter, bool isFolded, int[]? shown, RunRow[] titles, RunMeasure measure)
    {
        (this.group, this.filter, this.isFolded, this.shown) = (group, filter, isFolded, shown);
        (this.titles, Measure) = (titles, measure);
    }

    /// <summary>What its rows need of the columns.</summary>
    public RunMeasure Measure { get; }

    /// <summary>Runs that the filter leaves.</summary>
    public int Shown => shown?.Length ?? group?.Count ?? 0;

    public int Rows => titles.Length + Visible;

    /// <summary>Rows that can be chosen.</summary>
    public int Choices => Math.Min(titles.Length, 1) + Visible;

    /// <summary>Its runs stand under a row of their repository, or would where that is not folded.</summary>
    public bool IsGroup => group is not null && titles.Length > 0;

    public bool HasNote => titles is [.., { IsNote: true }];

    /// <summary>Its row comes before all that can be read, where the list is sorted by urgency.</summary>
    public bool IsUnreachable => titles is [{ Source.Condition: SourceCondition.Unreachable }, ..];

    /// <summary>Runs of which there are rows.</summary>
    private int Visible => isFolded && titles.Length > 0 ? 0 : Shown;

    /// <param name="known">The one that was made of this group before; null where none was.</param>
    public static RunSection From(Watched watched, RunGroup group, RunFilter filter, bool isFolded, RunSection? known)
    {
        if (known is not null && ReferenceEquals(known.filter, filter) && known.isFolded == isFolded)
        {
            return known;
        }

        var shown = ReferenceEquals(known?.filter, filter) ? known!.shown : Left(group, filter, known);
        var count = shown?.Length ?? group.Count;
        var (rollUp, runs) = (default(RollUp), group.Runs);
        for (var index = 0; index < count; index++)
        {
            rollUp = rollUp.With(group[shown?[index] ?? index]);
        }

        var source = runs.Standing.Condition == SourceCondition.Read ? (SourceStanding?)null : runs.Standing;
        var title = new RunRow(runs.Repo, null, false) { IsGroup = true, IsFolded = isFolded, Runs = rollUp, Source = source };
        RunRow[] titles = count == 0 || !runs.HasTitle ? [] : Titles(title);
        var measure = source is null || count == 0 ? default : RunMeasure.Of(watched, title);
        if (count > 0 && !(isFolded && runs.HasTitle))
        {
            measure = measure.With(runs.MeasureOfRepo());
            for (var index = 0; index < count; index++)
            {
                measure = measure.With(group.MeasureAt(watched, shown?[index] ?? index));
            }
        }

        return new(group, filter, isFolded, shown, titles, measure);
    }

    /// <summary>Of a source without runs in the list.</summary>
    public static RunSection From(Watched watched, RepoModel source, SourceStanding standing)
    {
        var row = new RunRow(source, null, false) { Source = standing };
        return new(null, null, false, null, Titles(row), RunMeasure.Of(watched, row));
    }

    /// <summary>The row at a place.</summary>
    public RunRow RowAt(int place) =>
        place < titles.Length ? titles[place] : new(group!.Runs.Repo, ShownAt(place - titles.Length), IsGroup);

    /// <summary>What is chosen with the row at a place among those that can be.</summary>
    public LoopKey ChoiceAt(int place) => place == 0 && titles.Length > 0
        ? titles[0].Key!.Value
        : LoopKey.From(ShownAt(place - Math.Min(titles.Length, 1)));

    /// <summary>The row of a run, or of the source itself for an empty name; -1 where it has none.</summary>
    public int RowOf(string loop) => loop.Length == 0 ? (titles.Length > 0 ? 0 : -1)
        : Visible > 0 && ShownOf(loop) is >= 0 and var place ? titles.Length + place
        : -1;

    /// <summary>The place of a row's choice among those of the section.</summary>
    public int ChoiceOfRow(int row) => Math.Max(0, row - Math.Max(0, titles.Length - 1));

    /// <summary>A run among those that the filter leaves.</summary>
    public LoopModel ShownAt(int place) => group![PlaceAt(place)];

    /// <summary>The place in its group of one of the runs that the filter leaves.</summary>
    public int PlaceAt(int place) => shown?[place] ?? place;

    /// <summary>The place of a run among those that the filter leaves; -1 where it is not there.</summary>
    public int ShownOf(string loop) => group?.PlaceOf(loop) is not (>= 0 and var place) ? -1
        : shown is null ? place
        : Math.Max(-1, Array.BinarySearch(shown, place));

    /// <summary>How many runs that the filter leaves stand before a place in the group.</summary>
    public int ShownBefore(int place)
    {
        if (shown is null)
        {
            return place;
        }

        var found = Array.BinarySearch(shown, place);
        return found >= 0 ? found : ~found;
    }

    /// <summary>A filter that was made longer is asked only of what it had left.</summary>
    private static int[]? Left(RunGroup group, RunFilter filter, RunSection? known)
    {
        if (filter.IsEmpty)
        {
            return null;
        }

        var isNarrower = known?.filter is { IsEmpty: false } before && filter.Narrows(before);
        var (name, labels, found) = (group.Runs.Name, group.Runs.Labels, new List<int>());
        for (var index = 0; index < (isNarrower ? known!.Shown : group.Count); index++)
        {
            var place = isNarrower ? known!.PlaceAt(index) : index;
            if (filter.Holds(group[place], name, labels))
            {
                found.Add(place);
            }
        }

        return found.Count == group.Count ? null : [.. found];
    }

    private static RunRow[] Titles(RunRow row) =>
        row.Source is { Condition: SourceCondition.Asleep or SourceCondition.Unreachable } ? [row, row with { IsNote = true }] : [row];
}
