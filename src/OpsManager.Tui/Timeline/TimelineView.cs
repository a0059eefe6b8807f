using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Timeline;

/// <summary>The log of the current run's loop, oldest first. Only the visible lines are ever put into words.</summary>
internal static class TimelineView
{
    /// <param name="visible">What of the run is visible; null where there is no run.</param>
    /// <param name="chosen">The source that is chosen in place of a run; null where none is.</param>
    public static PaneContent Compose(Watched watched, TimelineState state, TimelineWindow? visible, RepoModel? chosen, int width)
    {
        if (visible is not { } window)
        {
            return chosen is { } source
                ? new PaneContent(
                    $"TIMELINE (2)  {watched.NameOf(source.Path)}", "",
                    [Row.From(new Span($" {NoRuns(watched, source)}", StyleRole.Muted))])
                : new PaneContent("TIMELINE (2)", "", []);
        }

        var (timeline, loop) = (window.Rows, window.Rows.Loop);
        var rows = new List<Row>(window.End - window.Top + window.Notes);
        // What is visible was read before; until it is, the rows are blank.
        var read = state.Lines?.AreOf(window) == true ? state.Lines.Lines : [];
        var next = 0;
        for (var i = window.Top; i < window.End; i++)
        {
            rows.Add(timeline.OursAt(i) is { } own ? OwnRow(watched, state, loop, timeline, own, i)
                : next < read.Count ? RowOf(watched, state, loop, timeline, read[next], window.Lines[next++], i, width)
                : Row.Blank);
        }

        rows.AddRange(window.Notes > 0 ? Notes(loop, timeline) : []);
        var cursor = timeline.Count == 0 ? -1 : window.Selected - window.Top;
        var title = $"TIMELINE (2)  {watched.NameOf(loop)}{Run(loop)}";
        return new PaneContent(title, Note(state, timeline, window.Selected, width), rows, cursor)
        {
            Heading = [DensityStrip.Compose(loop, width)],
        };
    }

    private static string NoRuns(Watched watched, RepoModel source) =>
        watched.StandingOf(source).Condition == SourceCondition.Read ? "no loops yet" : "no runs to show";

    /// <summary>What is in place of lines where there are none.</summary>
    private static IEnumerable<Row> Notes(LoopModel loop, TimelineRows timeline)
    {
        if (loop.Withheld is { } withheld)
        {
            yield return Row.From(new Span(" snapshot-only mode: events are not shown", StyleRole.Warning));
            var (lines, newest) = (Numbers.Count(withheld.Count, "line", "lines"), withheld.Newest?.Name ?? "none");
            yield return Row.From(new Span($" the log has {lines}; the newest event is {newest}", StyleRole.Muted));
        }
        else
        {
            yield return Row.From(new Span($" {EmptyNote(timeline)}", StyleRole.Muted));
        }
    }

    /// <summary>A row of ours: between two marks, where a line of the log has its iteration, role and event.</summary>
    private static Row OwnRow(Watched watched, TimelineState state, LoopModel loop, TimelineRows timeline, ObservedRow own, int row)
    {
        var match = IsMatch(timeline, row);
        var role = match ? StyleRole.Match : own.IsProblem ? StyleRole.Error : StyleRole.Info;
        return Row.From(
            Mark(match, own.IsProblem),
            new(Time(watched, state, loop, own.At), StyleRole.Muted, TimeWidth(state)),
            new("  ", StyleRole.Text),
            new(Scrolled(ObservedText.InTimeline(own), state.Left), role));
    }

    private static bool IsMatch(TimelineRows timeline, int row) =>
        timeline.Search is not null && !timeline.OnlyMatches && timeline.IsMatch(row);

    private static Span Mark(bool match, bool isProblem) =>
        match ? new(">", StyleRole.Match) : isProblem ? new("!", StyleRole.Problem) : new(" ", StyleRole.Text);

    private static int TimeWidth(TimelineState state) => state.Times == TimeFormat.Date ? 19 : 8;

    private static Row RowOf(
        Watched watched, TimelineState state, LoopModel loop, TimelineRows timeline, EventLine line, int at, int row, int width)
    {
        var match = IsMatch(timeline, row);
        if (!line.IsEvent)
        {
            return Row.From(new("!not an event  ", StyleRole.Error), new(Scrolled(line.Text, state.Left), StyleRole.Muted));
        }

        var isProblem = Problems.IsProblem(loop.Log![at], loop.Log.Words);
        List<Span> spans =
        [
            Mark(match, isProblem),
            new(line.At is { } time ? Time(watched, state, loop, time) : line.Timestamp, StyleRole.Muted, TimeWidth(state)),
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
        var look = match ? StyleRole.Match : EventStyle.For(line);
        if (width >= 64)
        {
            var (role, name) = width >= 80 ? (14, 24) : (11, 19);
            spans.Add(new(line.Role ?? "", StyleRole.Text, role));
            spans.Add(new(" ", StyleRole.Text));
            spans.Add(new(line.Name, look, name));
            spans.Add(new(" ", StyleRole.Text));
            spans.Add(new(Durations.From(loop.Log, at) is { } took ? Ages.Taken(took).PadLeft(6) : "", StyleRole.Text, 6));
        }
        else
        {
            // No room for a column that is mostly empty.
            spans.Add(new(line.Role is { } role ? role + " " : "", StyleRole.Text));
            spans.Add(new(line.Name, look));
        }

        spans.Add(new("  ", StyleRole.Text));

        spans.Add(new(Scrolled(line.Text, state.Left), StyleRole.Muted));
        return new Row(spans);
    }

    /// <summary>What begins here: a run or an iteration has a line of its own across the pane.</summary>
    private static string? Separator(LoopModel loop, EventLine line) => line.Name switch
    {
        "loop_start" => $"run {(line.At is { } at ? Ages.Date(at) + "Z" : line.Timestamp)}  {line.Text}",
        "iteration_start" =>
            $"iteration {line.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "?"}"
                + $"{(loop.Tally.MaxIterations is { } max ? $"/{max.ToString(CultureInfo.InvariantCulture)}" : "")}",
        _ => null,
    };

    private static string Time(Watched watched, TimelineState state, LoopModel loop, DateTimeOffset at) => state.Times switch
    {
        TimeFormat.Date => Ages.Date(at),
        TimeFormat.Age => "-" + Ages.Long(watched.NowIn(watched.Fleet.Repos[loop.Repo]).Since(at)),
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

    private static string Note(TimelineState state, TimelineRows rows, int selected, int width)
    {
        var behind = rows.Count - 1 - selected;
        var late = behind > 0 ? $"{Numbers.Count(behind, "line", "lines")} behind" : state.Paused ? "at the end" : "not following";
        var place = state.Position.Follows ? "following" : $"{(state.Paused ? "paused · " : "")}{late}";
        if (rows.Loop.Withheld is not null)
        {
            return "snapshot-only";
        }

        var lines = rows.Log is { IsTail: true } ? "reading the log"
            : rows.Search is { } search ? Matches(search, rows)
            : Numbers.Count(rows.Lines, "line", "lines");
        return width < 60 ? rows.Search is null ? place : lines : $"{place} · {lines}";
    }

    /// <summary>Rows of ops-manager count with the lines.</summary>
    private static string Matches(LogSearch search, TimelineRows rows)
    {
        var (found, all) = (search.Found + rows.OursMatching, rows.Lines + rows.Loop.Observed.Count);
        var searched = search.Scanned < rows.Lines ? $", {search.Scanned * 100L / Math.Max(1, rows.Lines)}% searched" : "";
        return $"{Numbers.Whole(found)} of {Numbers.Whole(all)} match{searched}";
    }

    private static string EmptyNote(TimelineRows timeline) => timeline switch
    {
        { Lines: > 0, Search: { } search } when search.Scanned < timeline.Lines => "searching",
        { Lines: > 0, OursMatching: > 0 } => "no line of the log matches the filter",
        { Lines: > 0 } => "no line matches the filter",
        { Loop.EventsCondition: ArtifactCondition.Missing } => "events.jsonl is missing",
        { Loop.EventsCondition: ArtifactCondition.Unreadable } => $"events.jsonl cannot be read: {timeline.Loop.EventsFault}",
        _ => "no events yet",
    };
}
