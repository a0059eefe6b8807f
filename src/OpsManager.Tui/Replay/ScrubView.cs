using OpsManager.Configuration.Themes;
using OpsManager.Contract;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Replay;

/// <summary>
/// The recording in one row: which lifecycle a run had when, with the marks of the run list, where its problems are, and where the
/// moment that is shown stands. One pass over the points, whatever the width.
/// </summary>
internal static class ScrubView
{
    private const string Problem = "▲";
    private const string Playhead = "┃";
    private const string Unread = "·";

    /// <param name="run">The run that is shown; null where there is none.</param>
    public static Row Compose(ReplayState state, LoopKey? run, int width)
    {
        var label = ReplayText.Change(state, width);
        var count = ScrubScale.Count(width, label);
        var cells = new Cell[count];
        Mark(cells, state, run);
        List<Span> spans = [new(" ", StyleRole.Text)];
        var (text, role) = ("", StyleRole.Text);
        Lifecycle? lifecycle = null;
        var (playhead, readTo) = (CellOf(state.At, state.Length, count), CellOf(state.ReadTo, state.Length, count));
        for (var i = 0; i < count; i++)
        {
            var (glyph, look) = i == playhead ? (Playhead, StyleRole.Selected)
                : !state.IsReadWhole && i > readTo ? (Unread, StyleRole.Muted)
                : Look(cells[i], lifecycle);
            lifecycle = cells[i].After ?? lifecycle;
            if (look != role && text.Length > 0)
            {
                spans.Add(new(text, role));
                text = "";
            }

            (text, role) = (text + glyph, look);
        }

        spans.Add(new(text, role));
        if (label.Length > 0)
        {
            spans.Add(new($" {label}", StyleRole.Muted));
        }

        return new Row(spans);
    }

    private static (string Glyph, StyleRole Role) Look(Cell cell, Lifecycle? before)
    {
        if (cell.HasProblem)
        {
            return (Problem, StyleRole.Problem);
        }

        if ((cell.Shown ?? before) is not { } lifecycle)
        {
            return (" ", StyleRole.Text);
        }

        var (glyph, _, role) = LifecycleStyle.For(lifecycle);
        return (glyph, role);
    }

    private static void Mark(Cell[] cells, ReplayState state, LoopKey? run)
    {
        foreach (ref readonly var point in state.Points.AsSpan())
        {
            if (run is not { } wanted || point.Loop != wanted.Loop || point.Repo != wanted.Repo)
            {
                continue;
            }

            ref var cell = ref cells[CellOf(point.At, state.Length, cells.Length)];
            if (point.Kind == ReplayPointKind.Problem)
            {
                cell.HasProblem = true;
            }
            else if (point.Kind == ReplayPointKind.Lifecycle)
            {
                // What needs somebody is seen, however short it was.
                cell.Shown = cell.Shown == Lifecycle.Failed
                    || (cell.Shown == Lifecycle.AwaitingApproval && point.Lifecycle != Lifecycle.Failed)
                    ? cell.Shown
                    : point.Lifecycle;
                cell.After = point.Lifecycle;
            }
        }
    }

    private static int CellOf(TimeSpan at, TimeSpan length, int cells) =>
        length <= TimeSpan.Zero ? 0 : (int)Math.Clamp(at / length * cells, 0, cells - 1);

    /// <summary>A stretch of the recording.</summary>
    private struct Cell
    {
        /// <summary>The lifecycle that it shows; null where none began in it.</summary>
        public Lifecycle? Shown;

        /// <summary>The lifecycle that goes on behind it; null where none began in it.</summary>
        public Lifecycle? After;

        public bool HasProblem;
    }
}
