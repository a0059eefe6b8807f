namespace OpsManager.Sources.Local;

/// <summary>
/// A file as lines that are read when they are shown. Text is as it is in the file, with U+FFFD where it is not UTF-8: whoever
/// shows it cleans it. One thread at a time.
/// </summary>
public interface ITextLines
{
    /// <summary>Relative to the repository.</summary>
    string Path { get; }

    /// <summary>Lines known, a last one without its newline included.</summary>
    int Count { get; }

    /// <summary>Bytes of the file as far as it is known.</summary>
    long Size { get; }

    /// <summary>Bytes of a very large file that are before the first line and are not shown.</summary>
    long BytesBefore { get; }

    /// <summary>Why the file cannot be read now; null where it can.</summary>
    string? Fault { get; }

    /// <summary>
    /// Lines from <paramref name="from"/> (from 0) on, at most <paramref name="count"/>; fewer at the end, or where reading
    /// fails.
    /// </summary>
    IReadOnlyList<TextLine> Read(int from, int count);

    /// <summary>Looks at the file again and reads what was appended.</summary>
    TextChange Refresh();
}

/// <summary>One line without its newline; of a long one only the beginning.</summary>
public readonly record struct TextLine(string Text, bool IsCut);

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
