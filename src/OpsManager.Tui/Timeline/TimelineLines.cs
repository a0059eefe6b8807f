using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Timeline;

/// <summary>
/// The visible rows of a timeline in columns: time, iteration, role, what happened, how long it took. The duration is never cut: the text
/// before it is.
/// </summary>
internal sealed class TimelineLines(Watched watched, TimelineState state, TimelineRows timeline, int width)
{
    private const int DurationWidth = 7;
    private const int RoleWidth = 12;

    /// <summary>From this width on the role has a column of its own.</summary>
    private const int SmallestForRoles = 64;

    /// <summary>Cells of a text beside a duration, so that the two are read together on a wide screen.</summary>
    private const int MaxTextBeforeDuration = 64;

    /// <summary>What a rule across the pane does not have to say.</summary>
    private const string Started = " started";

    private readonly LoopModel loop = timeline.Loop;

    private int TimeWidth => state.Times == TimeFormat.Date ? 19 : 8;

    /// <summary>A row of ours: between two marks, where a line of the log has its iteration, role and event.</summary>
    public Row Own(ObservedRow own, int row)
    {
        var match = IsMatch(row);
        var role = match ? StyleRole.Match : own.IsProblem ? StyleRole.Error : StyleRole.Info;
        List<Span> spans = [Mark(match, own.IsProblem), new(Time(own.At), StyleRole.Muted, TimeWidth), new("  ", StyleRole.Text)];
        spans.AddRange(NewDay(row, own.At) is { } day ? [new($"── {day}  ", StyleRole.Separator)] : []);
        return new Row([.. spans, new(Scrolled(ObservedText.InTimeline(own)), role, RoomBehind(spans))]);
    }

    /// <param name="at">Which line of the log it is.</param>
    /// <param name="row">The row of the timeline that shows it.</param>
    public Row Of(EventLine line, int at, int row)
    {
        if (timeline.FoldAt(row) is { } block)
        {
            return Folded(line, block, row);
        }

        var match = IsMatch(row);
        if (!line.IsEvent)
        {
            List<Span> head = [new("!not an event  ", StyleRole.Error)];
            return new Row([.. head, new(Scrolled(line.Text), StyleRole.Muted, RoomBehind(head))]);
        }

        List<Span> spans =
        [
            Mark(match, Problems.IsProblem(loop.Log![at], loop.Log.Words)),
            new(line.At is { } time ? Time(time) : line.Timestamp, StyleRole.Muted, TimeWidth),
        ];
        var day = NewDay(row, line.At);
        if (Separator(line, day) is { } separator)
        {
            return Across(spans, $" ── {separator} ");
        }

        spans.Add(new((line.Iteration?.ToString(CultureInfo.InvariantCulture) ?? "").PadLeft(4), StyleRole.Muted));
        spans.Add(new("  ", StyleRole.Text));
        var role = line.Role ?? "";
        if (width >= SmallestForRoles)
        {
            spans.Add(new(role, AgentRoleStyle.For(role), RoleWidth));
            spans.Add(new(" ", StyleRole.Text));
        }
        else if (role.Length > 0)
        {
            // No room for a column that is mostly empty.
            spans.Add(new(SafeText.Clean(role, RoleWidth), AgentRoleStyle.For(role)));
            spans.Add(new(" ", StyleRole.Text));
        }

        spans.AddRange(day is null ? [] : [new($"── {day}  ", StyleRole.Separator)]);
        var look = match ? StyleRole.Match : EventStyle.For(line);
        var room = RoomBehind(spans);
        if (Durations.From(loop.Log, at) is not { } took)
        {
            spans.Add(new(Scrolled(line.Words), look, room));
            return new Row(spans);
        }

        room = Math.Clamp(room - DurationWidth - 1, 1, MaxTextBeforeDuration);
        // The iteration has a column: where both do not fit, its outcome is worth more.
        var words = line.Outcome is { } outcome && CellText.Width(line.Words) > room ? $"iteration: {outcome}" : line.Words;
        spans.Add(new(Scrolled(words), look, room));
        spans.Add(new(Ages.Taken(took).PadLeft(DurationWidth), StyleRole.Text));
        return new Row(spans);
    }

    /// <summary>A finished iteration in one line, with the time of its end.</summary>
    private Row Folded(EventLine line, IterationBlock block, int row)
    {
        var log = loop.Log!;
        var (first, last) = (log[block.First], log[block.Last]);
        var (start, end) = (TimeOf(first), TimeOf(last));
        // Folded iterations stand under each other: their numbers and times do too.
        var max = log.MaxIterationsAt(block.First)?.ToString(CultureInfo.InvariantCulture);
        var number = first.Iteration >= 0 ? first.Iteration.ToString(CultureInfo.InvariantCulture).PadLeft(max?.Length ?? 0) : "?";
        var name = max is null ? $"iteration {number}" : $"iteration {number} of {max}";
        var took = (start is { } from && end is { } to && to >= from ? Ages.Taken(to - from) : "").PadLeft(DurationWidth);
        List<string> facts = [block.HasEnd ? line.Outcome ?? "ended" : "did not end"];
        if (block.Roles > 0)
        {
            facts.Add(Numbers.Count(block.Roles, "role", "roles"));
        }

        if (start is { } began && end is { } ended && UsageSpan.Of(loop, first.Iteration, began, ended).Cost is { } cost)
        {
            facts.Add(Numbers.Dollars((double)cost));
        }

        var day = NewDay(row, end) is { } other ? $"{other}  " : "";
        return Across(
            [Mark(false, block.HasProblem), new(end is { } time ? Time(time) : "", StyleRole.Muted, TimeWidth)],
            $" +─ {day}{name}{took}  {string.Join(" · ", facts)} ");
    }

    /// <summary>A row that a line goes through to the edge of the pane.</summary>
    private Row Across(List<Span> spans, string label)
    {
        label = CellText.Truncate(label, RoomBehind(spans));
        spans.Add(new(label, StyleRole.Separator));
        var taken = spans.Sum(static span => span.Width ?? CellText.Width(span.Text));
        spans.Add(new(new string('─', Math.Max(0, width - taken)), StyleRole.Separator));
        return new Row(spans);
    }

    /// <summary>What begins here: a run or an iteration has a line of its own across the pane.</summary>
    /// <param name="day">The day, where the row before is of another one.</param>
    private string? Separator(EventLine line, string? day) => line.Name switch
    {
        "loop_start" => width >= SmallestForRoles ? $"{Day(line)}  {SafeText.Clean(line.Words)}" : SafeText.Clean(line.Words),
        "iteration_start" => SafeText.Clean(line.Words) is var words && words.EndsWith(Started, StringComparison.Ordinal)
            ? Dated(day, words[..^Started.Length])
            : Dated(day, words),
        _ => null,
    };

    private static string Dated(string? day, string words) => day is null ? words : $"{day}  {words}";

    /// <summary>The day of a row, where the row before it is of another one and times have no date; else null.</summary>
    private string? NewDay(int row, DateTimeOffset? at)
    {
        if (at is not { } time || row == 0 || state.Times == TimeFormat.Date)
        {
            return null;
        }

        var before = timeline.OursAt(row - 1) is { } own ? own.At
            : timeline.LineAt(row - 1) is >= 0 and var line ? TimeOf(loop.Log![line])
            : null;
        return before is { } earlier && earlier.UtcDateTime.Date != time.UtcDateTime.Date
            ? time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Cells that are left in the row.</summary>
    private int RoomBehind(List<Span> spans) => Math.Max(1, width - spans.Sum(static span => span.Width ?? CellText.Width(span.Text)));

    private static string Day(EventLine line) =>
        line.At is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : SafeText.Clean(line.Timestamp);

    private bool IsMatch(int row) => timeline.Search is not null && !timeline.OnlyMatches && timeline.IsMatch(row);

    private static Span Mark(bool match, bool isProblem) =>
        match ? new(">", StyleRole.Match) : isProblem ? new("!", StyleRole.Problem) : new(" ", StyleRole.Text);

    private static DateTimeOffset? TimeOf(in EventRow row) => row.Second == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(row.Second);

    private string Time(DateTimeOffset at) => state.Times switch
    {
        TimeFormat.Date => Ages.Date(at),
        TimeFormat.Age => "-" + Ages.Long(watched.NowIn(watched.Fleet.Repos[loop.Repo]).Since(at)),
        _ => Ages.Clock(at),
    };

    private string Scrolled(string text) => state.Left == 0 ? text : CellText.Skip(SafeText.Clean(text), state.Left);
}
