using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

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

    /// <summary>Loops that are in several repositories.</summary>
    public IReadOnlySet<string> SharedIds { get; private init; } = new HashSet<string>();

    /// <summary>Columns in which some run has something, the most useful first, and their cells.</summary>
    public IReadOnlyList<(ExtraColumn Column, int Width)> Extra { get; private init; } = [];

    /// <summary>Cells that the list needs so that nothing in it is cut.</summary>
    public int Needed => LeadWidth + Name + 1 + State + (HasAlerts ? 2 : 0) + AgeWidth;

    public static RunColumns Measure(Watched watched, IReadOnlyList<RunRow> rows)
    {
        int name = "RUN".Length, state = "STATE↓".Length, shortState = state;
        var (hasAlerts, host, found) = (false, 0, new bool[Enum.GetValues<ExtraColumn>().Length]);
        RepoModel? measured = null;
        var (ids, shared) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            if (row is { Source: { } standing, IsNote: false })
            {
                // Its word may reach into the column of alerts.
                var word = RunText.State(standing).Length - 2;
                (state, shortState) = (Math.Max(state, word), Math.Max(shortState, word));
                name = Math.Max(name, CellText.Width(RunText.Name(watched, row)));
            }

            if (row.Loop is not { } loop)
            {
                continue;
            }

            if (!ids.Add(loop.Id))
            {
                shared.Add(loop.Id);
            }

            name = Math.Max(name, CellText.Width(RunText.Name(watched, row)));
            state = Math.Max(state, RunText.StateWidth(loop));
            shortState = Math.Max(shortState, RunText.ShortStateWidth(loop));
            hasAlerts = hasAlerts || loop.Cases.Pending.Length > 0 || loop.Verdict.Alerts.Any();
            if (!ReferenceEquals(row.Repo, measured))
            {
                measured = row.Repo;
                host = Math.Max(host, row.Repo.Sprite is null ? 0 : CellText.Width(RunText.Host(watched, row.Repo)));
                found[(int)ExtraColumn.Host] |= row.Repo.Sprite is not null;
                found[(int)ExtraColumn.LastRead] |= row.Repo.Sprite?.GoodAt is not null;
            }

            // One run that has something in a column is enough: of the others it is not asked.
            found[(int)ExtraColumn.Lag] = found[(int)ExtraColumn.Lag] || RunText.Lag(loop, watched.NowIn(row.Repo)).Length > 0;
            found[(int)ExtraColumn.Stage] = found[(int)ExtraColumn.Stage] || RunText.Stage(watched, loop) != "assisted";
            found[(int)ExtraColumn.CostToday] = found[(int)ExtraColumn.CostToday] || RunText.CostToday(watched, row.Repo, loop).Length > 0;
            found[(int)ExtraColumn.Health] = found[(int)ExtraColumn.Health] || loop.ShownHealth.Status != HealthStatus.Healthy;
            found[(int)ExtraColumn.LastEvent] = found[(int)ExtraColumn.LastEvent] || loop.Tally.Newest is not null;
        }

        return new RunColumns
        {
            Name = name,
            State = state,
            ShortState = shortState,
            HasAlerts = hasAlerts,
            SharedIds = shared,
            HasNotes = rows.Any(static row => row.IsNote),
            Extra =
            [
                .. Enum.GetValues<ExtraColumn>()
                    .Where(column => found[(int)column])
                    .Select(column => (column, column == ExtraColumn.Host ? Math.Clamp(host, 5, 20) : WidthOf(column))),
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
        return new RunWidths(Math.Max(4, name), state, HasAlerts, extra, SharedIds);
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
