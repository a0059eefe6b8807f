using OpsManager.Sources.Replay;

namespace OpsManager.Tui.Replay;

/// <summary>Cells and moments of the bar of a recording.</summary>
internal static class ScrubScale
{
    /// <summary>Cells of the bar: a blank stands before it, and the newest change behind it.</summary>
    /// <param name="width">Of the line.</param>
    /// <param name="label">The newest change; empty where there is no room for it.</param>
    public static int Count(int width, string label) =>
        Math.Max(1, width - 2 - (label.Length == 0 ? 0 : ReplayText.LabelWidth(width)));

    /// <summary>The moment at a column of the line; before the bar the start, behind it the end.</summary>
    public static TimeSpan TimeAt(ReplayState state, int width, int column)
    {
        var (count, cell) = (Count(width, ReplayText.Change(state, width)), column - 1);
        return cell <= 0 ? TimeSpan.Zero : cell >= count - 1 ? state.Length : state.Length * ((double)cell / count);
    }
}
