using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>Rows of a tab, one under the other, broken to its width.</summary>
internal sealed class RowsBuilder(int width)
{
    private readonly List<Row> rows = [];

    public IReadOnlyList<Row> Rows => rows;

    public int Width => width;

    public void Add(params Span[] spans) => rows.Add(Row.From(spans));

    /// <summary>A heading over what follows.</summary>
    public void Heading(string text)
    {
        if (rows.Count > 0)
        {
            rows.Add(Row.Blank);
        }

        Add(new Span($" {text}", StyleRole.Group));
    }

    /// <summary>A name and its value, which is broken where it has to be.</summary>
    public void Field(string name, string value, StyleRole role = StyleRole.Text) =>
        Wrapped([new($" {name}", StyleRole.Title, 14), new(" ", StyleRole.Text)], value, role);

    /// <summary>What is to be done next.</summary>
    /// <param name="text">All of it; see <see cref="NextSteps.Text"/>.</param>
    public void Next(string text) => Wrapped([new(" ", StyleRole.Text), new("next: ", StyleRole.Title)], text, StyleRole.Text, indent: 3);

    public void Note(string text) => Wrapped([new(" ", StyleRole.Text)], text, StyleRole.Muted);

    /// <summary>Adds <paramref name="text"/> behind <paramref name="head"/>, and what does not fit in further rows under it.</summary>
    public void Wrapped(Span[] head, string text, StyleRole role, int? indent = null)
    {
        var taken = head.Sum(static span => span.Width ?? span.Text.Length);
        var left = indent ?? taken;
        var lines = Wrap.Lines(text, Math.Max(12, width - left), Math.Max(12, width - taken));
        rows.Add(new Row([.. head.SelectMany(WithPlainEnd), new(lines[0], role)]));
        foreach (var line in lines.Skip(1))
        {
            Add(new(new string(' ', left), StyleRole.Text), new(line, role));
        }
    }

    /// <summary>A line under a word, or a colour behind it, ends with the word.</summary>
    private static Span[] WithPlainEnd(Span span) => span.Text.TrimEnd(' ') is var word && word.Length is > 0 and var length
        && length < span.Text.Length && span.Width is null
            ? [span with { Text = word }, new(span.Text[length..], StyleRole.Text)]
            : [span];
}
