namespace OpsManager.Tui.Shell;

/// <summary>What the panes need to show all that they have, in cells: rows under title and headings, and the run list's width.</summary>
internal readonly record struct PaneNeeds(int RunsWidth, int RunsRows, int AlertsRows, int TimelineRows, int DetailRows)
{
    /// <summary>Enough for both.</summary>
    public PaneNeeds Max(PaneNeeds other) => new(
        Math.Max(RunsWidth, other.RunsWidth), Math.Max(RunsRows, other.RunsRows), Math.Max(AlertsRows, other.AlertsRows),
        Math.Max(TimelineRows, other.TimelineRows), Math.Max(DetailRows, other.DetailRows));
}
