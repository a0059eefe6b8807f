using OpsManager.Configuration.Themes;

namespace OpsManager.Tui.Content;

/// <summary>A piece of a row: text with a meaning, in a column of fixed width or as long as it is.</summary>
/// <param name="Width">Cells it takes, cut or filled up; null for as many as the text has.</param>
internal readonly record struct Span(string Text, StyleRole Role, int? Width = null)
{
    /// <summary>
    /// The colour of the text, one of the names of <see cref="OpsManager.Configuration.Themes.ColorNames"/>, in place of that
    /// of its role; null for that.
    /// </summary>
    public string? Color { get; init; }

    /// <summary>How the text asks to look by itself, as a log does with its colours; null where only its role says.</summary>
    public Ink? Ink { get; init; }
}

/// <summary>One row of a pane, from the left.</summary>
internal sealed record Row(IReadOnlyList<Span> Spans)
{
    public static readonly Row Blank = new([]);

    public static Row From(params Span[] spans) => new(spans);

    /// <summary>Whether the other one has the same spans, which records do not say of lists.</summary>
    public bool ShowsTheSameAs(Row other) => ReferenceEquals(Spans, other.Spans) || Spans.SequenceEqual(other.Spans);

    public static bool ShowTheSame(IReadOnlyList<Row> one, IReadOnlyList<Row> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!one[i].ShowsTheSameAs(other[i]))
            {
                return false;
            }
        }

        return true;
    }
}
