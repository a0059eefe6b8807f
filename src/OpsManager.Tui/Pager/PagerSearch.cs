namespace OpsManager.Tui.Pager;

/// <summary>What is searched in the pager.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="At">Where the line starts that was found last; null where none was.</param>
internal sealed record PagerSearch(string Text, long? At = null)
{
    /// <summary>The search that is under way; null where none is.</summary>
    public PagerSeek? Seek { get; init; }

    /// <summary>The line was found, and its place in the line is not visible yet.</summary>
    public bool IsComing { get; init; }

    /// <summary>What it finds in all of the text; counted once something was found.</summary>
    public PagerMatches Matches { get; init; } = new([], 0, false);

    /// <summary>Its result in words: that it went on from the other end, or found nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>How far a search has come.</summary>
/// <param name="Origin">Where it began.</param>
/// <param name="From">Where it goes on.</param>
/// <param name="HasWrapped">It has gone on from the other end.</param>
internal sealed record PagerSeek(long Origin, long From, bool IsBackward, bool HasWrapped = false)
{
    /// <summary>The search for a text that was just typed.</summary>
    public static PagerSeek First(long from) => new(from, from, false) { IsFirst = true };

    /// <summary>It is the one that was typed: it looks for what is nearest, below before above.</summary>
    public bool IsFirst { get; init; }
}
