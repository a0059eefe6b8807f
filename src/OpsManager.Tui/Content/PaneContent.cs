namespace OpsManager.Tui.Content;

/// <summary>What a pane shows: a title and the rows that are visible now, whatever the length of what is behind them.</summary>
/// <param name="Title">At the left of the title line.</param>
/// <param name="Note">At its right.</param>
/// <param name="Rows">Visible rows only.</param>
/// <param name="SelectedRow">Which of them the cursor is on; -1 for none.</param>
internal sealed record PaneContent(string Title, string Note, IReadOnlyList<Row> Rows, int SelectedRow = -1)
{
    /// <summary>Rows that stay over the others.</summary>
    public IReadOnlyList<Row> Heading { get; init; } = [];

    /// <summary>Names of tabs behind the title; empty for none.</summary>
    public IReadOnlyList<string> Tabs { get; init; } = [];

    /// <summary>Which of the tabs is shown.</summary>
    public int Tab { get; init; }

    /// <summary>Whether drawing this instead of the other would change nothing.</summary>
    public bool ShowsTheSameAs(PaneContent other) =>
        Title == other.Title && Note == other.Note && SelectedRow == other.SelectedRow && Tab == other.Tab
        && Tabs.SequenceEqual(other.Tabs) && Row.ShowTheSame(Heading, other.Heading) && Row.ShowTheSame(Rows, other.Rows);
}
