namespace OpsManager.Core.Documents;

/// <summary>A page that people read, without a format: writers make HTML or Markdown of it. Texts in it may be anything.</summary>
/// <param name="Lead">One sentence below the title.</param>
/// <param name="Tone">Of the title.</param>
internal sealed record Document(string Title, string Lead, Tone Tone, IReadOnlyList<Block> Blocks)
{
    /// <summary>The last line: who made it, and when.</summary>
    public string Footer { get; init; } = "";
}

/// <summary>What a word says, so that it can be coloured. The word itself always says it too.</summary>
internal enum Tone
{
    Plain,
    Good,
    Busy,
    Waiting,
    Bad,
    Muted,
}

/// <summary>A piece of a page.</summary>
internal abstract record Block;

/// <summary>Blocks below a heading.</summary>
internal sealed record Section(string Title, IReadOnlyList<Block> Blocks) : Block;

/// <summary>A few sentences.</summary>
internal sealed record Paragraph(string Text, Tone Tone = Tone.Plain) : Block;

/// <summary>Names with their values.</summary>
internal sealed record FactList(IReadOnlyList<Fact> Facts) : Block;

/// <summary>One of them.</summary>
internal readonly record struct Fact(string Name, string Value);

/// <summary>A table with a heading for each column.</summary>
internal sealed record TableBlock(string Caption, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Block
{
    /// <summary>Columns, from 0, that hold numbers.</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];
}

/// <summary>A cell of a table.</summary>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>Blocks that are shown when somebody asks for them.</summary>
internal sealed record Folded(string Summary, IReadOnlyList<Block> Blocks) : Block;

/// <summary>A picture of spans of time, with what it shows in words for those who cannot see it.</summary>
/// <param name="Words">All that it shows, in a sentence or a few.</param>
/// <param name="Lanes">From top to bottom.</param>
internal sealed record TimeChart(string Title, string Words, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<Lane> Lanes) : Block;

/// <summary>A row of a chart.</summary>
internal sealed record Lane(string Name, IReadOnlyList<Bar> Bars);

/// <summary>A span of a lane.</summary>
/// <param name="Text">What it is, in a few words.</param>
internal sealed record Bar(DateTimeOffset Start, DateTimeOffset End, string Text, Tone Tone);
