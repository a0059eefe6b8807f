namespace OpsManager.Tui.Runs;

/// <summary>The columns of the list in a pane of some width, in cells.</summary>
/// <param name="HasAlerts">Behind the state is the mark of the most severe alert.</param>
/// <param name="Extra">Columns behind the age.</param>
/// <param name="IsShared">Whether a loop of this name is in several repositories: it tells less than those of the repositories.</param>
internal sealed record RunWidths(
    int Name, int State, bool HasAlerts, IReadOnlyList<(ExtraColumn Column, int Width)> Extra, Func<string, bool> IsShared);
