using OpsManager.Sources.Local;

namespace OpsManager.Tui.Pager;

/// <summary>What decides which lines are visible: where they are read again is when this is another one.</summary>
/// <param name="Room">Rows.</param>
/// <param name="Width">Cells, those of the line numbers included.</param>
internal sealed record PagerRequest(PagerAim Aim, int Room, int Width, bool Wraps, bool HasNumbers, bool IsRaw);

/// <summary>The visible lines of the text in the pager, as they were read.</summary>
/// <param name="Lines">From the one at the top on.</param>
internal sealed record PagerText(PagerRequest? Request, PagerTop Top, IReadOnlyList<TextLine> Lines)
{
    public static readonly PagerText Nothing = new(null, default, []);

    /// <summary>Bytes of the whole text; lines where it is in memory.</summary>
    public long Size { get; init; }

    /// <summary>Lines of the whole text; null until they are counted.</summary>
    public long? Count { get; init; }

    /// <summary>The number of the first of <see cref="Lines"/>, from 1; null until it is known.</summary>
    public long? First { get; init; }

    /// <summary>The last row of the text is visible.</summary>
    public bool IsAtEnd { get; init; }

    /// <summary>What is wrong with the text, or was; null where nothing is.</summary>
    public string? Note { get; init; }

    public bool SaysTheSameAs(PagerText other) =>
        (Request, Top, Size, Count, First, IsAtEnd, Note)
            == (other.Request, other.Top, other.Size, other.Count, other.First, other.IsAtEnd, other.Note)
        && Lines.SequenceEqual(other.Lines);
}
