using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>The run list: runs of one repository together, what needs somebody first. Only visible rows are made.</summary>
internal static class RunsView
{
    /// <summary>What stands before the name of a run that is marked: no state and no alert has it.</summary>
    private const string Mark = "#";

    /// <summary>Cells in which sentences can be read that stand in place of runs.</summary>
    private const int SentenceWidth = 52;

    /// <summary>Cells that the list needs so that nothing in it is cut.</summary>
    public static int WidthNeeded(RunLists lists) =>
        lists.All.Count == 0 || lists.Columns.HasNotes ? Math.Max(SentenceWidth, lists.Columns.Needed) : lists.Columns.Needed;

    public static PaneContent Compose(Watched watched, Keymap keymap, RunsState state, RunLists lists, int width, int height)
    {
        var selected = lists.Chosen(state.Selected) is { } key ? lists.RowOf(key) : -1;
        var (top, list, widths) = (state.Top, lists.Rows, lists.Columns.Fit(width));
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(list.Count, top + height); i++)
        {
            rows.Add(RowOf(watched, keymap, state, list[i], widths, width));
        }

        if (list.Count == 0)
        {
            rows.Add(Empty(watched, lists));
        }

        string[] notes =
        [
            state.Filter.Length > 0 ? "" : Numbers.Count(lists.Shown.Count, "run", "runs"), ListWindow.Hidden(top, height, list.Count),
        ];
        var note = string.Join(" · ", notes.Where(static part => part.Length > 0));
        return new PaneContent(Title(state, lists, width), note, rows, selected < 0 ? -1 : selected - top)
        {
            Heading = [Heading(state.Sort, widths)],
        };
    }

    /// <summary>What is not as it is from the start: the marks, the filter and how many runs it leaves, the order.</summary>
    private static string Title(RunsState state, RunLists lists, int width)
    {
        var (shown, all) = (Numbers.Whole(lists.Shown.Count), Numbers.Whole(lists.All.Count));
        var found = state.Filter.Length == 0 ? "" : lists.Filter.Fault is null ? $" {shown} of {all}" : " no such state";
        var marked = state.Marked.Count == 0 ? "" : $"  {Numbers.Whole(state.Marked.Count)} marked";
        var sort = state.Sort == RunSort.Urgency ? "" : $"  by {state.Sort.ToString().ToLowerInvariant()}";
        var filter = state.Filter.Length == 0 ? ""
            : $"  /{CellText.Truncate(state.Filter, Math.Max(8, width - 16 - found.Length - marked.Length - sort.Length))}";
        return $"RUNS (1){found}{marked}{filter}{sort}";
    }

    private static Row Empty(Watched watched, RunLists lists) => lists.All.Count > 0
        ? Row.From(new Span($" {lists.Filter.Fault ?? "no run matches the filter"}", StyleRole.Muted))
        : watched is { IsFleet: true, Sprites.Count: 0 } ? Row.From(
            new Span(" no sprite to watch yet (docs/fleet.md)", StyleRole.Muted))
        : Row.From(new Span(watched.Header.Read == 0 ? " not read yet" : $" {NoLoops(watched)}", StyleRole.Muted));

    /// <summary>Of a repository that was read: it has no loops, or has them no more.</summary>
    private static string NoLoops(Watched watched) => watched.Fleet.Repos.Values.Any(static repo => !repo.Departed.IsEmpty)
        ? "the directories of all loops were removed"
        : watched.Replay is not null ? "no loops yet at this moment"
        : "No loops in this repository yet.";

    private static Row RowOf(Watched watched, Keymap keymap, RunsState state, RunRow row, RunWidths widths, int width) => row switch
    {
        { Loop: { } loop } => RunOf(watched, state, row, loop, widths),
        { Source: { } standing, IsNote: true } => SourceRow.Note(watched, keymap, row.Repo, standing, width),
        { Source: { } standing } => SourceRow.Create(watched, row, standing, widths),
        _ => Group(watched, row, width),
    };

    /// <summary>The repository's name, in its sprite's colour, how many runs are in each state, and its labels.</summary>
    private static Row Group(Watched watched, RunRow row, int width)
    {
        var look = watched.Sprites.GetValueOrDefault(row.Repo.Path);
        var (glyph, role) = row.Runs.Worst is { } worst && LifecycleStyle.For(worst) is var style
            ? (style.Glyph, style.Role) : (" ", StyleRole.Text);
        var labels = look is { Labels.Count: > 0 } ? $" · {string.Join(' ', look.Labels)}" : "";
        var rest = $" · {row.Runs.Text}{labels}";
        var room = Math.Max(0, width - RunColumns.LeadWidth);
        var name = CellText.CutMiddle(RunText.Name(watched, row), Math.Max(room / 2, room - CellText.Width(rest)));
        return Row.From(
            new(SourceRow.FoldMark(row), StyleRole.Muted), row.IsFolded ? new(glyph, role) : new(" ", StyleRole.Text),
            new(" ", StyleRole.Text), new(name, StyleRole.Group) { Color = look?.Color },
            new(rest, StyleRole.Muted, Math.Max(0, room - CellText.Width(name))));
    }

    private static Row RunOf(Watched watched, RunsState state, RunRow row, LoopModel loop, RunWidths widths)
    {
        var made = LiveRunOf(watched, state, row, loop, widths);
        return RunText.IsOld(watched, row.Repo) ? Dimmed(made) : made;
    }

    /// <summary>How it was when it was last heard of: nothing in it calls.</summary>
    private static Row Dimmed(Row row) =>
        new([new("~", StyleRole.Muted), .. row.Spans.Skip(1).Select(static span => span with { Role = StyleRole.Muted })]);

    private static Row LiveRunOf(Watched watched, RunsState state, RunRow row, LoopModel loop, RunWidths widths)
    {
        var (glyph, _, role) = LifecycleStyle.For(loop.Verdict.Ruling);
        var now = watched.NowIn(row.Repo);
        // A run that nobody may act on is told from the others.
        var (stage, look) = RunText.Stage(watched, loop) switch
        {
            "rolled back" => ("R", StyleRole.Error),
            "passive" => ("p", StyleRole.Muted),
            _ => (" ", StyleRole.Muted),
        };
        var isMarked = state.Marked.Contains(LoopKey.From(loop));
        var word = RunText.State(loop);
        var name = RunText.Name(watched, row, widths.Name, widths.IsShared);
        List<Span> spans =
        [
            new(stage, look), new(glyph, role), new(isMarked ? Mark : " ", isMarked ? StyleRole.Key : StyleRole.Text),
            new(name, StyleRole.Text, widths.Name), new(" ", StyleRole.Text),
            new(CellText.Width(word) > widths.State ? RunText.ShortState(loop) : word, role, widths.State),
        ];
        if (widths.HasAlerts)
        {
            // What is being verified now comes before what is wrong.
            var alert = loop.Cases.Pending.Length > 0 ? (Glyph: "…", Role: StyleRole.Waiting)
                : loop.Verdict.Alerts.FirstOrDefault() is { } worst ? LifecycleStyle.For(worst.Severity)
                : (Glyph: " ", Role: StyleRole.Text);
            spans.AddRange([new(" ", StyleRole.Text), new(alert.Glyph, alert.Role)]);
        }

        spans.Add(new(Ages.Short(loop.Verdict.Ruling.Since, now).PadLeft(RunColumns.AgeWidth), StyleRole.Muted));
        foreach (var (column, width) in widths.Extra)
        {
            var (text, style) = Extra(watched, row.Repo, loop, column, now);
            spans.AddRange([new("  ", StyleRole.Text), new(IsRight(column) ? text.PadLeft(width) : text, style, width)]);
        }

        return new Row(spans);
    }

    private static (string Text, StyleRole Role) Extra(
        Watched watched, RepoModel repo, LoopModel loop, ExtraColumn column, AgeClock now)
    {
        switch (column)
        {
            case ExtraColumn.Lag:
                return (RunText.Lag(loop, now), StyleRole.Muted);
            case ExtraColumn.Host:
                return (RunText.Host(watched, repo), StyleRole.Muted);
            case ExtraColumn.Stage:
                return (RunText.Stage(watched, loop), StyleRole.Muted);
            case ExtraColumn.CostToday:
                return (RunText.CostToday(watched, repo, loop), StyleRole.Text);
            case ExtraColumn.LastRead:
                return (RunText.LastRead(repo, now), StyleRole.Muted);
            case ExtraColumn.Health:
                if (loop.ShownHealth.Status == HealthStatus.Healthy)
                {
                    // Beside a run that has failed the word would be read as its state.
                    return ("", StyleRole.Muted);
                }

                var (health, look) = LifecycleStyle.For(loop.ShownHealth.Status);
                var text = $"{health} {string.Join(",", loop.ShownHealth.Codes)}".TrimEnd();
                return (text, look == StyleRole.Header ? StyleRole.Muted : StyleRole.Warning);
            default:
                return (SafeText.Clean(loop.Tally.Newest?.Name ?? ""), StyleRole.Muted);
        }
    }

    private static bool IsRight(ExtraColumn column) => column is ExtraColumn.Lag or ExtraColumn.CostToday or ExtraColumn.LastRead;

    /// <summary>The columns' names; an arrow marks the one by which the list is sorted.</summary>
    private static Row Heading(RunSort sort, RunWidths widths)
    {
        static string Sorted(string name, bool isSorted) => isSorted ? $"{name}↓" : name;
        var tail = widths.Extra.SelectMany(column =>
        {
            var name = Sorted(NameOf(column.Column), column.Column == ExtraColumn.Lag && sort == RunSort.Lag);
            return new Span[]
            {
                new("  ", StyleRole.Muted), new(IsRight(column.Column) ? name.PadLeft(column.Width) : name, StyleRole.Muted, column.Width),
            };
        });
        return new Row(
        [
            new("", StyleRole.Muted, RunColumns.LeadWidth), new(Sorted("RUN", sort == RunSort.Name), StyleRole.Muted, widths.Name),
            new(" ", StyleRole.Muted),
            new(Sorted("STATE", sort == RunSort.Urgency), StyleRole.Muted, widths.State + (widths.HasAlerts ? 2 : 0)),
            new(Sorted("AGE", sort == RunSort.Age).PadLeft(RunColumns.AgeWidth), StyleRole.Muted), .. tail,
        ]);
    }

    private static string NameOf(ExtraColumn column) => column switch
    {
        ExtraColumn.CostToday => "COST TODAY",
        ExtraColumn.LastRead => "LAST READ",
        ExtraColumn.LastEvent => "LAST EVENT",
        _ => column.ToString().ToUpperInvariant(),
    };
}
