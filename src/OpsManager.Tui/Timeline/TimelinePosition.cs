namespace OpsManager.Tui.Timeline;

/// <summary>
/// Where the operator is in a log: at its end, going on with it, or on one row. A line is held by its place in the file, so
/// that it stays the same line when the index behind it grows.
/// </summary>
/// <param name="Offset">First byte of the line the cursor is on, or that a row of ours is before; not used while following.</param>
/// <param name="ScreenRow">The row of the pane that the cursor is on.</param>
/// <param name="Own">The row of ours that the cursor is on; null where it is on a line.</param>
internal readonly record struct TimelinePosition(bool Follows, long Offset, int ScreenRow, long? Own = null)
{
    public static readonly TimelinePosition AtEnd = new(true, 0, 0);
}
