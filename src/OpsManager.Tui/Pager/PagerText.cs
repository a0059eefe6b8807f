namespace OpsManager.Tui.Pager;

/// <summary>The visible lines of the text in the pager.</summary>
/// <param name="Count">Lines of the whole text.</param>
/// <param name="From">The first of those that were asked for.</param>
/// <param name="Room">How many were asked for.</param>
/// <param name="Note">What is wrong with the text; null where nothing is.</param>
internal sealed record PagerText(int Count, int From, int Room, IReadOnlyList<string> Lines, string? Note)
{
    public static readonly PagerText Nothing = new(0, 0, 0, [], null);

    public bool SaysTheSameAs(PagerText other) =>
        (Count, From, Room, Note) == (other.Count, other.From, other.Room, other.Note) && Lines.SequenceEqual(other.Lines);
}
