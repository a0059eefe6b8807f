namespace OpsManager.Tui.Shell;

/// <summary>
/// What the lists at the left need to show all that they have, in cells: the rows under title and headings, and the run list's width.
/// None of it depends on which row is chosen, so that nothing moves with the cursor.
/// </summary>
internal readonly record struct PaneNeeds(int RunsWidth, int RunsRows, int AlertsRows)
{
    /// <summary>Enough for both.</summary>
    public PaneNeeds Max(PaneNeeds other) => new(
        Math.Max(RunsWidth, other.RunsWidth), Math.Max(RunsRows, other.RunsRows), Math.Max(AlertsRows, other.AlertsRows));
}
