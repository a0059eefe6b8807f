namespace OpsManager.Sources.Local;

/// <summary>
/// A file as lines that are read when they are shown, from wherever in it: a line is known by the place of its first byte. Text is as it
/// stands in the file, with U+FFFD where it is not UTF-8: whoever shows it cleans it. One thread at a time, but for <see cref="Find"/>.
/// </summary>
public interface ITextLines : IDisposable
{
    /// <summary>Relative to the repository.</summary>
    string Path { get; }

    /// <summary>Bytes of the file as far as it is known.</summary>
    long Size { get; }

    /// <summary>Lines, a last one without its newline included; null until all were counted.</summary>
    long? Count { get; }

    /// <summary>Why the file cannot be read now; null where it can.</summary>
    string? Fault { get; }

    /// <summary>
    /// Lines from the one that starts at <paramref name="start"/> on, at most <paramref name="count"/>; fewer at the end, or where
    /// reading fails.
    /// </summary>
    IReadOnlyList<TextLine> Forward(long start, int count);

    /// <summary>
    /// The lines before the one that starts at <paramref name="end"/> (or before the end of the file), at most <paramref
    /// name="count"/>, in the order of the file; fewer at its start, or where reading fails.
    /// </summary>
    IReadOnlyList<TextLine> Backward(long end, int count);

    /// <summary>Where the line starts that has the byte at <paramref name="offset"/>, or the last line where that is the end.</summary>
    long LineAt(long offset);

    /// <summary>
    /// The number of the line that starts at <paramref name="start"/>, from 1; null until the lines before it were counted.
    /// </summary>
    long? NumberOf(long start);

    /// <summary>Looks at the file again.</summary>
    TextChange Refresh();

    /// <summary>Counts on, about <paramref name="maxBytes"/>. Whether anything is left to be counted.</summary>
    bool CountOn(long maxBytes);

    /// <summary>
    /// Looks for a text, without regard to the case of ASCII letters, in about <paramref name="maxBytes"/> from <paramref
    /// name="from"/> on, or before it. May be called beside everything else.
    /// </summary>
    FindStep Find(string text, long from, bool isBackward, long maxBytes);
}

/// <summary>One line without its newline; of a long one only the beginning.</summary>
/// <param name="Start">Its first byte in the file.</param>
/// <param name="End">The first byte of the next one.</param>
public readonly record struct TextLine(long Start, long End, string Text, bool IsCut)
{
    /// <summary>The end of a line of which <see cref="Text"/> is only the beginning; empty for any other.</summary>
    public string Tail { get; init; } = "";
}

/// <summary>What a look at a file found.</summary>
public enum TextChange
{
    None,

    /// <summary>Lines were appended, or the last one grew; the others are what they were.</summary>
    Grown,

    /// <summary>It is another text: shrunk, replaced or rewritten.</summary>
    StartedOver,

    /// <summary>It cannot be read; the fault says why.</summary>
    Failed,
}
