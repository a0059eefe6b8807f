using System.Globalization;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>The log of the current run's loop, oldest first. Only the visible lines are ever put into words.</summary>
public static class TimelinePane
{
    /// <param name="lines">Reads the text of visible lines.</param>
    public static PaneContent Compose(AppModel model, IEventText lines, int width, int height)
    {
        if (model.Current is not { } loop)
        {
            return new PaneContent("TIMELINE (2)", "", []);
        }

        var timeline = new TimelineRows(loop);
        var (selected, top) = timeline.Window(model.Ui.Timeline, height);
        var end = Math.Min(timeline.Count, top + height);
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(end, timeline.Breaks); i++)
        {
            var broke = loop.Breaks[i];
            rows.Add(Row.Of(new Span($"-- {Ages.Clock(broke.At)} {broke.Fact} --", StyleRole.Error)));
        }

        var first = Math.Max(0, top - timeline.Breaks);
        foreach (var line in lines.Read(loop, first, Math.Max(first, end - timeline.Breaks)))
        {
            rows.Add(RowOf(line, width));
        }

        if (timeline.Count == 0)
        {
            rows.Add(Row.Of(new Span($" {EventsNote(loop)}", StyleRole.Muted)));
        }

        return new PaneContent($"TIMELINE (2)  {model.NameOf(loop)}{Run(loop)}", Note(model, timeline, selected, width), rows, timeline.Count == 0 ? -1 : selected - top);
    }

    private static Row RowOf(EventLine line, int width)
    {
        if (!line.IsEvent)
        {
            return Row.Of(new(" no event  ", StyleRole.Error), new(line.Text, StyleRole.Muted));
        }

        var (role, name) = width >= 80 ? (14, 24) : (11, 19);
        return Row.Of(
            new(" ", StyleRole.Text),
            new(line.At is { } at ? Ages.Clock(at) : line.Timestamp, StyleRole.Muted, 8),
            new((line.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "").PadLeft(4), StyleRole.Muted),
            new("  ", StyleRole.Text),
            new(line.Role ?? "", StyleRole.Text, role),
            new(" ", StyleRole.Text),
            new(line.Name, Look(line), name),
            new(" ", StyleRole.Text),
            new(line.Text, StyleRole.Muted));
    }

    private static StyleRole Look(EventLine line) => line.Name switch
    {
        "loop_complete" => StyleRole.Complete,
        "approval_requested" or "approval_wait" => StyleRole.Waiting,
        "loop_stop" or "no_progress_stop" or "rate_limit_stop" => StyleRole.Stopped,
        _ => line.Status switch
        {
            "error" or "timeout" or "blocked" or "failed" or "rate_limited" or "rejected" => StyleRole.Failed,
            "ok" or "approved" => StyleRole.Ok,
            _ => StyleRole.Text,
        },
    };

    private static string Run(Core.Model.LoopModel loop)
    {
        if (loop.Tally.Newest is not { } newest)
        {
            return "";
        }

        var max = loop.Tally.MaxIterations is { } most ? $"/{most}" : "";
        return newest.Iteration is { } iteration ? $" · iter {iteration}{max}" : "";
    }

    private static string Note(AppModel model, TimelineRows rows, int selected, int width)
    {
        var lines = rows.Log is { IsTail: true } ? "reading the log" : $"{rows.Lines.ToString("N0", CultureInfo.InvariantCulture)} lines";
        var place = model.Ui.Timeline.Follows ? "following" : $"{rows.Count - 1 - selected} behind";
        return width < 60 ? place : $"{place} · {lines}";
    }

    private static string EventsNote(Core.Model.LoopModel loop) => loop.EventsCondition switch
    {
        Core.Observations.ArtifactCondition.Missing => "events.jsonl is missing",
        Core.Observations.ArtifactCondition.Unreadable => $"events.jsonl cannot be read: {loop.EventsFault}",
        _ => "no event yet",
    };
}
