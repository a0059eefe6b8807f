using System.Globalization;
using OpsManager.Contract.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>The log of the current run's loop, oldest first. Only the visible lines are ever put into words.</summary>
public static class TimelinePane
{
    /// <param name="text">Reads the text of visible lines.</param>
    public static PaneContent Compose(AppModel model, IEventText text, int width, int height)
    {
        if (model.Current is not { } loop || model.Timeline is not { } timeline)
        {
            return model.CurrentSource is { } source
                ? new PaneContent($"TIMELINE (2)  {model.NameOf(source.Path)}", "", [Row.Of(new Span($" {NoRuns(model, source)}", StyleRole.Muted))])
                : new PaneContent("TIMELINE (2)", "", []);
        }

        var (selected, top) = timeline.Window(model.Ui.Timeline, height);
        var end = Math.Min(timeline.Count, top + height);
        var rows = new List<Row>(height);
        var first = timeline.LineAt(Math.Max(top, timeline.Breaks));
        // Lines that stand together are read together.
        var together = timeline.OnlyMatches || first < 0 ? null : text.Read(loop, first, timeline.LineAt(end - 1) + 1);
        for (var i = top; i < end; i++)
        {
            rows.Add(timeline.LineAt(i) is >= 0 and var line
                ? RowOf(model, loop, timeline, together?[line - first] ?? text.Read(loop, line, line + 1)[0], line, width)
                : BreakOf(loop.Breaks[i]));
        }

        if (loop.Withheld is { } withheld)
        {
            rows.Add(Row.Of(new Span(" snapshots only: the event stream is off", StyleRole.Warning)));
            rows.Add(Row.Of(new Span($" the log has {Numbers.Count(withheld.Count, "line", "lines")}; the newest event is {withheld.Newest?.Name ?? "none"}", StyleRole.Muted)));
        }
        else if (timeline.Count == timeline.Breaks)
        {
            rows.Add(Row.Of(new Span($" {EmptyNote(timeline)}", StyleRole.Muted)));
        }

        return new PaneContent($"TIMELINE (2)  {model.NameOf(loop)}{Run(loop)}", Note(model, timeline, selected, width), rows, timeline.Count == 0 ? -1 : selected - top)
        {
            Heading = [DensityStrip.Compose(loop, width)],
        };
    }

    private static string NoRuns(AppModel model, RepoModel source) =>
        model.StandingOf(source).Condition == SourceCondition.Read ? "no loops yet" : "no run of it can be shown";

    private static Row BreakOf(LogBreak broke) => Row.Of(new Span($"-- {Ages.Clock(broke.At)} {broke.Fact} --", StyleRole.Error));

    private static Row RowOf(AppModel model, LoopModel loop, TimelineRows timeline, EventLine line, int at, int width)
    {
        var match = timeline.Search is not null && !timeline.OnlyMatches && timeline.IsMatch(at);
        if (!line.IsEvent)
        {
            return Row.Of(new("!no event  ", StyleRole.Error), new(Scrolled(line.Text, model.Ui.TimelineLeft), StyleRole.Muted));
        }

        var isProblem = Problems.IsProblem(loop.Log![at], loop.Log.Words);
        List<Span> spans =
        [
            match ? new(">", StyleRole.Match) : isProblem ? new("!", StyleRole.Problem) : new(" ", StyleRole.Text),
            new(Time(model, loop, line), StyleRole.Muted, model.Ui.Times == TimeFormat.Date ? 19 : 8),
        ];
        if (Separator(loop, line) is { } separator)
        {
            var label = $" ── {separator} ";
            var taken = spans.Sum(static span => span.Width ?? span.Text.Length) + CellText.Width(label);
            spans.Add(new(label, StyleRole.Separator));
            spans.Add(new(new string('─', Math.Max(0, width - taken)), StyleRole.Separator));
            return new Row(spans);
        }

        spans.Add(new((line.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "").PadLeft(4), StyleRole.Muted));
        spans.Add(new("  ", StyleRole.Text));
        var look = match ? StyleRole.Match : EventLook.Of(line);
        if (width >= 64)
        {
            var (role, name) = width >= 80 ? (14, 24) : (11, 19);
            spans.Add(new(line.Role ?? "", StyleRole.Text, role));
            spans.Add(new(" ", StyleRole.Text));
            spans.Add(new(line.Name, look, name));
            spans.Add(new(" ", StyleRole.Text));
            spans.Add(new(Durations.Of(loop.Log, at) is { } took ? Ages.Taken(took).PadLeft(6) : "", StyleRole.Text, 6));
        }
        else
        {
            // No room for a column that is mostly empty.
            spans.Add(new(line.Role is { } role ? role + " " : "", StyleRole.Text));
            spans.Add(new(line.Name, look));
        }

        spans.Add(new("  ", StyleRole.Text));

        spans.Add(new(Scrolled(line.Text, model.Ui.TimelineLeft), StyleRole.Muted));
        return new Row(spans);
    }

    /// <summary>What begins here: a run or an iteration has a line of its own across the pane.</summary>
    private static string? Separator(LoopModel loop, EventLine line) => line.Name switch
    {
        "loop_start" => $"run {(line.At is { } at ? Ages.Date(at) : line.Timestamp)}  {line.Text}",
        "iteration_start" => $"iteration {line.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "?"}{(loop.Tally.MaxIterations is { } max ? $"/{max.ToString(CultureInfo.InvariantCulture)}" : "")}",
        _ => null,
    };

    private static string Time(AppModel model, LoopModel loop, EventLine line) => line.At is not { } at ? line.Timestamp : model.Ui.Times switch
    {
        TimeFormat.Date => Ages.Date(at),
        TimeFormat.Age => "-" + Ages.Long(model.NowIn(model.Fleet.Repos[loop.Repo]).Since(at)),
        _ => Ages.Clock(at),
    };

    private static string Scrolled(string text, int cells) => cells == 0 ? text : CellText.Skip(SafeText.Clean(text), cells);

    private static string Run(LoopModel loop)
    {
        if (loop.Tally.Newest is not { Iteration: { } iteration })
        {
            return "";
        }

        var max = loop.Tally.MaxIterations is { } most ? $"/{most.ToString(CultureInfo.InvariantCulture)}" : "";
        return $" · iter {iteration.ToString(CultureInfo.InvariantCulture)}{max}";
    }

    private static string Note(AppModel model, TimelineRows rows, int selected, int width)
    {
        var behind = rows.Count - 1 - selected;
        var place = model.Ui.Timeline.Follows ? "following" : $"{(model.Ui.Paused ? "paused · " : "")}{Numbers.Whole(behind)} behind";
        if (rows.Loop.Withheld is not null)
        {
            return "event stream off";
        }

        var lines = rows.Log is { IsTail: true } ? "reading the log"
            : rows.Search is { } search ? Matches(search, rows.Lines)
            : $"{Numbers.Whole(rows.Lines)} lines";
        return width < 60 ? rows.Search is null ? place : lines : $"{place} · {lines}";
    }

    private static string Matches(LogSearch search, int lines) =>
        $"{Numbers.Whole(search.Found)} of {Numbers.Whole(lines)} match{(search.Scanned < lines ? $", {search.Scanned * 100L / Math.Max(1, lines)}% searched" : "")}";

    private static string EmptyNote(TimelineRows timeline) => timeline switch
    {
        { Lines: > 0, Search: { } search } when search.Scanned < timeline.Lines => "searching",
        { Lines: > 0 } => "no line matches the filter",
        { Loop.EventsCondition: ArtifactCondition.Missing } => "events.jsonl is missing",
        { Loop.EventsCondition: ArtifactCondition.Unreadable } => $"events.jsonl cannot be read: {timeline.Loop.EventsFault}",
        _ => "no event yet",
    };
}
