namespace OpsManager.Tui.Content;

/// <summary>What a pane shows: a title and the rows that are visible now, whatever the length of what is behind them.</summary>
/// <param name="Title">At the left of the title line.</param>
/// <param name="Note">At its right.</param>
/// <param name="Rows">Visible rows only.</param>
/// <param name="SelectedRow">Which of them the cursor is on; -1 for none.</param>
public sealed record PaneContent(string Title, string Note, IReadOnlyList<Row> Rows, int SelectedRow = -1);
