namespace OpsManager.Tui.Runs;

/// <summary>A column that the list has only where there is room for it and a run that has something in it.</summary>
internal enum ExtraColumn
{
    Lag, Host, Stage, CostToday, LastRead, Health, LastEvent,
}

/// <summary>
/// What the columns of the list need, over all of its rows, so that nothing moves while it is scrolled. A column that is empty for
/// every row has no room.
/// </summary>
internal sealed record RunColumns
{
    private static readonly ExtraColumn[] All = Enum.GetValues<ExtraColumn>();

    /// <summary>Before the name: stage, state and mark.</summary>
    public const int LeadWidth = 3;

    /// <summary>An age with the blank before it.</summary>
    public const int AgeWidth = 5;

    /// <summary>From this width on the list may have more columns than it always has.</summary>
    private const int SmallestForExtra = 60;

    /// <summary>Cells of the longest name.</summary>
    public int Name { get; private init; } = "RUN".Length;

    /// <summary>Cells of the longest state.</summary>
    public int State { get; private init; } = "STATE↓".Length;

    /// <summary>The same without iterations.</summary>
    public int ShortState { get; private init; } = "STATE↓".Length;

    /// <summary>Some run has an alert.</summary>
    public bool HasAlerts { get; private init; }

    /// <summary>Something is said of a source in a sentence.</summary>
    public bool HasNotes { get; private init; }

    private IReadOnlyList<RunRow> Rows { get; init; } = [];

    /// <summary>Loops that are in several repositories; found when a name is cut.</summary>
    private HashSet<string> SharedIds => field ??= Shared(Rows);

    /// <summary>Columns in which some run has something, the most useful first, and their cells.</summary>
    public IReadOnlyList<(ExtraColumn Column, int Width)> Extra { get; private init; } = [];

    /// <summary>Cells that the list needs so that nothing in it is cut.</summary>
    public int Needed => LeadWidth + Name + 1 + State + (HasAlerts ? 2 : 0) + AgeWidth;

    /// <param name="rows">Of all of them.</param>
    public static RunColumns Measure(IReadOnlyList<RunSection> sections, IReadOnlyList<RunRow> rows)
    {
        var (needs, hasNotes) = (new RunMeasure("RUN".Length, "STATE↓".Length, "STATE↓".Length, 0, false, 0), false);
        foreach (var section in sections)
        {
            needs = needs.With(section.Measure);
            hasNotes |= section.HasNote;
        }

        return new RunColumns
        {
            Name = needs.Name,
            State = needs.State,
            ShortState = needs.ShortState,
            HasAlerts = needs.HasAlerts,
            HasNotes = hasNotes,
            Rows = rows,
            Extra =
            [
                .. All.Where(column => needs.Has(column))
                    .Select(column => (column, column == ExtraColumn.Host ? Math.Clamp(needs.Host, 5, 20) : WidthOf(column))),
            ],
        };
    }

    /// <summary>The same columns in a pane of this width: names are cut last.</summary>
    public RunWidths Fit(int width)
    {
        var room = width - LeadWidth - 1 - (HasAlerts ? 2 : 0) - AgeWidth;
        var state = Math.Clamp(room - Name, Math.Min(ShortState, 11), State);
        var left = room - Name - state;
        var extra = new List<(ExtraColumn Column, int Width)>();
        foreach (var column in width < SmallestForExtra ? [] : Extra)
        {
            if (column.Width + 2 <= left)
            {
                extra.Add(column);
                left -= column.Width + 2;
            }
        }

        // What is left over stands behind the columns of a wide list, and goes to the names of a narrow one.
        var name = extra.Count > 0 ? Name : room - state;
        return new RunWidths(Math.Max(4, name), state, HasAlerts, extra, id => SharedIds.Contains(id));
    }

    private static HashSet<string> Shared(IReadOnlyList<RunRow> rows)
    {
        var (ids, shared) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            if (row.Loop is { } loop && !ids.Add(loop.Id))
            {
                shared.Add(loop.Id);
            }
        }

        return shared;
    }

    private static int WidthOf(ExtraColumn column) => column switch
    {
        ExtraColumn.Lag => 5,
        ExtraColumn.Stage => 11,
        ExtraColumn.CostToday => 10,
        ExtraColumn.LastRead => 9,
        ExtraColumn.Health => 30,
        _ => 22,
    };
}
