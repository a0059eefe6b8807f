using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;
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
                    [Row.From(new Span($" {NoRuns(watched, source)}", StyleRole.Muted, width))])
                : new PaneContent("TIMELINE (2)", "", []);
        }

        var (timeline, loop) = (window.Rows, window.Rows.Loop);
        var rows = new List<Row>(window.End - window.Top + window.Notes);
        // What is visible was read before; until it is, the rows are blank.
        var read = state.Lines?.AreOf(window) == true ? state.Lines.Lines : [];
        var next = 0;
        var lines = new TimelineLines(watched, state, timeline, width);
        for (var i = window.Top; i < window.End; i++)
        {
            rows.Add(timeline.OursAt(i) is { } own ? lines.Own(own, i)
                : next < read.Count ? lines.Of(read[next], window.Lines[next++], i)
                : Row.Blank);
        }

        rows.AddRange(window.Notes > 0 ? Notes(loop, timeline, width) : []);
        var cursor = timeline.Count == 0 ? -1 : window.Selected - window.Top;
        var title = $"TIMELINE (2)  {watched.NameOf(loop)}{Run(loop)}";
        return new PaneContent(title, Note(state, timeline, window.Selected, width), rows, cursor)
        {
            Heading = [DensityStrip.Compose(loop, width)],
        };
    }

    private static string NoRuns(Watched watched, RepoModel source) =>
        !source.Loops.IsEmpty ? "a group of runs: choose one"
        : watched.StandingOf(source).Condition == SourceCondition.Read ? "no loops yet" : "no runs to show";

    /// <summary>What is in place of lines where there are none.</summary>
    private static IEnumerable<Row> Notes(LoopModel loop, TimelineRows timeline, int width)
    {
        if (loop.Withheld is { } withheld)
        {
            yield return Row.From(new Span(" snapshot-only mode: events are not shown", StyleRole.Warning, width));
            var (lines, newest) = (Numbers.Count(withheld.Count, "line", "lines"), withheld.Newest?.Name ?? "none");
            yield return Row.From(new Span($" the log has {lines}; the newest event is {newest}", StyleRole.Muted, width));
        }
        else
        {
            yield return Row.From(new Span($" {EmptyNote(timeline)}", StyleRole.Muted, width));
        }
    }

    private static string Run(LoopModel loop)
    {
        if (CurrentIteration.Of(loop) is not { } iteration)
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
