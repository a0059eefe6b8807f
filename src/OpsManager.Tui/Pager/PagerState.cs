namespace OpsManager.Tui.Pager;

/// <summary>A text that is open over the panes, and where the operator is in it.</summary>
/// <param name="Repo">The repository that the file is in.</param>
/// <param name="Path">Of the file, relative to the repository.</param>
/// <param name="EventRow">The row of the log that is shown whole; null where it is the file.</param>
/// <param name="Title">What the box is called.</param>
/// <param name="Top">The first visible line, from 0.</param>
/// <param name="Left">Cells that are scrolled out at the left.</param>
/// <param name="Own">The row of ours that is shown whole; null where it is something else.</param>
internal sealed record PagerState(string Repo, string Path, int? EventRow, string Title, int Top = 0, int Left = 0, long? Own = null)
{
    /// <summary>What was read of the text; nothing before that.</summary>
    public PagerText Text { get; init; } = PagerText.Nothing;

    /// <summary>Whether the other is open on the same text, wherever it is in it.</summary>
    public bool ShowsTheSameTextAs(PagerState other) => (Path, EventRow, Own) == (other.Path, other.EventRow, other.Own);
}
