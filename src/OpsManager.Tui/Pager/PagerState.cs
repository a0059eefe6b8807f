namespace OpsManager.Tui.Pager;

/// <summary>A text that is open over the panes, and where the operator is in it.</summary>
/// <param name="Repo">The repository that the file is in.</param>
/// <param name="Path">Of the file, relative to the repository; empty for a log that is not there yet.</param>
/// <param name="EventRow">The row of the log that is shown whole; null where it is the file.</param>
/// <param name="Title">What the box is called.</param>
/// <param name="Own">The row of ours that is shown whole; null where it is something else.</param>
internal sealed record PagerState(string Repo, string Path, int? EventRow, string Title, long? Own = null)
{
    /// <summary>Where to stand in the text.</summary>
    public PagerAim Aim { get; init; } = PagerAim.First;

    /// <summary>Cells that are scrolled out at the left; of no meaning where lines are wrapped.</summary>
    public int Left { get; init; }

    /// <summary>Lines that are too long go on in the next row.</summary>
    public bool Wraps { get; init; }

    public bool HasNumbers { get; init; }

    /// <summary>The newest line stays at the bottom.</summary>
    public bool Follows { get; init; }

    /// <summary>As it stands in the file: neither formatted nor coloured.</summary>
    public bool IsRaw { get; init; }

    /// <summary>What is searched; null where nothing is.</summary>
    public PagerSearch? Search { get; init; }

    /// <summary>The logs of which this is one; null where it is another text.</summary>
    public RunLogs? Logs { get; init; }

    /// <summary>The texts of which this is one, to be read before a decision; null where it is another text.</summary>
    public ReviewTexts? Review { get; init; }

    /// <summary>The text, where it was made for this and is in no file; null where it is read.</summary>
    public IReadOnlyList<string>? Made { get; init; }

    /// <summary>What was read of the text; nothing before that.</summary>
    public PagerText Text { get; init; } = PagerText.Nothing;

    /// <summary>How the text is written.</summary>
    public PagerSyntax Syntax => IsRaw ? PagerSyntax.Raw
        : EventRow is not null || Path.EndsWith(".json", StringComparison.Ordinal) ? PagerSyntax.Json
        : Own is null && Path.EndsWith(".md", StringComparison.Ordinal) ? PagerSyntax.Markdown
        : PagerSyntax.Log;

    /// <summary>Whether the other is open on the same text, wherever it stands in it.</summary>
    public bool ShowsTheSameTextAs(PagerState other) =>
        (Repo, Path, EventRow, Own, Syntax) == (other.Repo, other.Path, other.EventRow, other.Own, other.Syntax)
        && ReferenceEquals(Review?.Current.Lines, other.Review?.Current.Lines) && ReferenceEquals(Made, other.Made);

    /// <summary>What has to be read for it.</summary>
    public PagerRequest Request(int room, int width) => new(Aim, room, width, Wraps, HasNumbers, IsRaw);
}

/// <summary>How a text is written, which says how it is coloured.</summary>
internal enum PagerSyntax
{
    /// <summary>With the colours that it asks a terminal for, if any.</summary>
    Log,

    Json,
    Markdown,

    /// <summary>As it stands in the file.</summary>
    Raw,
}
