namespace OpsManager.Tui.State;

/// <summary>
/// Where the operator is in a log: at its end, going on with it, or on one line. The line is held by its place in the file, so
/// that it stays the same line when the index behind it grows.
/// </summary>
/// <param name="Offset">First byte of the line the cursor is on; not used while following.</param>
/// <param name="ScreenRow">The row of the pane that the line is on.</param>
public readonly record struct TimelinePosition(bool Follows, long Offset, int ScreenRow)
{
    public static readonly TimelinePosition AtEnd = new(true, 0, 0);
}
