using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>A Gantt of the newest run: the roles and gates of each iteration over its time, the newest iteration first.</summary>
internal static class IterationsTab
{
    private const int TimeWidth = 7;
    private const int StatusWidth = 11;

    public static IReadOnlyList<Row> Rows(Watched watched, RepoModel repo, LoopModel loop, int width)
    {
        var rows = new RowsBuilder(width);
        var spans = loop.Log is { } log ? IterationSpans.From(log, loop.Tally.Lines) : null;
        if (spans is null || spans.Iterations.Count == 0)
        {
            rows.Note(loop.Withheld is null
                ? "no iteration has begun yet"
                : "snapshots only: the event stream, of which iterations are made, is off");
            return rows.Rows;
        }

        foreach (var iteration in spans.Iterations.Reverse())
        {
            Add(rows, watched, repo, loop, iteration);
        }

        if (spans.IsCut)
        {
            rows.Note("older iterations of this run stand in the timeline");
        }

        return rows.Rows;
    }

    private static void Add(RowsBuilder rows, Watched watched, RepoModel repo, LoopModel loop, IterationSpan iteration)
    {
        // What is open goes on until now, unless the run is over and left it open.
        var runs = loop.Verdict.Lifecycle == Lifecycle.Running;
        var open = runs ? "at work" : "not ended";
        var until = iteration.End
            ?? (runs ? iteration.Start is { } begun ? begun + watched.NowIn(repo).Since(begun) : null : loop.Tally.Newest?.At);
        var name = rows.Width >= 60 ? 16 : 12;
        var max = loop.Tally.MaxIterations is { } most ? $"/{most.ToString(CultureInfo.InvariantCulture)}" : "";
        var title = $"iteration {iteration.Number.ToString(CultureInfo.InvariantCulture)}{max}";
        rows.Add(
            new($" {title}", StyleRole.Group, name + 3),
            new(
                iteration.Start is { } start && until is { } end ? Ages.Taken(end - start).PadLeft(TimeWidth) : "", StyleRole.Text,
                TimeWidth),
            new(iteration.Start is { } at
                ? $" {Ages.Clock(at)}{(iteration is { IsOpen: false, End: { } ended } ? $" to {Ages.Clock(ended)}" : $"  {open}")}"
                : "", StyleRole.Muted));
        foreach (var span in iteration.Spans)
        {
            var ends = span.End ?? until;
            rows.Add(
            [
                new("   ", StyleRole.Text),
                new(span.Name, span.Kind == WorkKind.Role ? StyleRole.Text : StyleRole.Muted, name),
                new(span.Start is { } from && ends is { } to ? Ages.Taken(to - from).PadLeft(TimeWidth) : "", StyleRole.Text, TimeWidth),
                new(" ", StyleRole.Text),
                .. Bar(span, iteration.Start, until, ends, rows.Width - name - TimeWidth - StatusWidth - 4),
                new(
                    $" {(span.IsOpen ? open : span.Status ?? "")}",
                    span.Status is { } status ? EventStyle.OfWord(status) : StyleRole.Muted),
            ]);
        }
    }

    /// <summary>The part of the iteration's time that a span takes; a span shorter than a cell still has one.</summary>
    private static Span[] Bar(WorkSpan span, DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset? until, int cells)
    {
        if (cells < 5 || span.Start is not { } from || until is not { } to || start is not { } first || end is not { } last)
        {
            return [];
        }

        var whole = Math.Max(1, (last - first).TotalSeconds);
        var left = Math.Clamp((int)((from - first).TotalSeconds / whole * cells), 0, cells - 1);
        var right = Math.Clamp((int)Math.Ceiling((to - first).TotalSeconds / whole * cells), left + 1, cells);
        var role = span.Status is { } status && EventStyle.OfWord(status) == StyleRole.Failed
            ? StyleRole.Problem
            : span.Kind == WorkKind.Role ? StyleRole.Bar
            : StyleRole.BarAlt;
        return [
            new(new string('·', left), StyleRole.Rule), new(new string(span.Kind == WorkKind.Role ? '█' : '▄', right - left), role),
            new(new string('·', cells - right), StyleRole.Rule)
        ];
    }
}
