using System.Text;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Pager;

/// <summary>A piece of a line with a look of its own.</summary>
internal readonly record struct StyledRun(string Text, StyleRole Role, Ink? Ink = null);

/// <summary>One line of a text as it is shown: clean, with its colours; it is cut into rows here.</summary>
internal sealed class StyledLine
{
    /// <summary>More of one line than anybody reads on a screen.</summary>
    private const int MaxRunes = 16 * 1024;

    private readonly List<StyledRun> runs;

    public StyledLine(IEnumerable<StyledRun> raw)
    {
        runs = [];
        foreach (var run in raw)
        {
            var clean = SafeText.Clean(run.Text.Replace("\t", "    ", StringComparison.Ordinal), MaxRunes);
            if (clean.Length > 0)
            {
                runs.Add(run with { Text = clean });
            }
        }
    }

    private StyledLine(List<StyledRun> clean) => runs = clean;

    /// <summary>Without looks.</summary>
    public string Plain => runs.Count == 1 ? runs[0].Text : string.Concat(runs.Select(static run => run.Text));

    /// <summary>Rows that it takes where it is wrapped at <paramref name="width"/> cells; at least one.</summary>
    public int RowCount(int width)
    {
        if (runs.TrueForAll(static run => Ascii.IsValid(run.Text)))
        {
            return Math.Max(1, (runs.Sum(static run => run.Text.Length) + width - 1) / Math.Max(1, width));
        }

        return Wrapped(width).Count;
    }

    /// <summary>Where <paramref name="text"/> stands first: the cells before it; null where it does not.</summary>
    public int? CellOf(string text)
    {
        var plain = Plain;
        var at = plain.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : CellText.Width(plain.AsSpan(0, at));
    }

    /// <summary>The row, from 0, on which <paramref name="text"/> begins in the wrapped line; null where there is none.</summary>
    public int? RowOf(string text, int width)
    {
        var plain = Plain;
        var at = plain.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : new StyledLine([new StyledRun(plain[..(at + 1)], StyleRole.Text)]).RowCount(width) - 1;
    }

    /// <summary>All rows, each at most <paramref name="width"/> cells; a wide character is never split.</summary>
    public IReadOnlyList<Row> Wrapped(int width)
    {
        List<Row> rows = [];
        List<Span> spans = [];
        var cells = 0;
        foreach (var run in runs)
        {
            int start = 0, at = 0;
            foreach (var grapheme in CellText.Graphemes(run.Text))
            {
                if (cells + grapheme.Width > width && cells > 0)
                {
                    Add(spans, run, start, at);
                    rows.Add(new Row([.. spans]));
                    spans.Clear();
                    (cells, start) = (0, at);
                }

                cells += grapheme.Width;
                at += grapheme.Text.Length;
            }

            Add(spans, run, start, at);
        }

        if (spans.Count > 0 || rows.Count == 0)
        {
            rows.Add(new Row([.. spans]));
        }

        return rows;
    }

    /// <summary>
    /// One row of <paramref name="width"/> cells, without its first <paramref name="left"/> ones; where it is cut it ends in "…".
    /// </summary>
    public Row Scrolled(int left, int width)
    {
        List<Span> spans = [];
        var room = width;
        foreach (var run in runs)
        {
            var text = run.Text;
            if (left > 0)
            {
                var cells = CellText.Width(text);
                (text, left) = (cells <= left ? "" : CellText.Skip(text, left), Math.Max(0, left - cells));
            }

            room -= CellText.Width(text);
            Add(spans, run with { Text = text }, 0, text.Length);
        }

        return new Row(room < 0 ? Cut(spans, width) : spans);
    }

    private static List<Span> Cut(List<Span> spans, int width)
    {
        List<Span> kept = [];
        var room = width - CellText.Width(CellText.Ellipsis);
        foreach (var span in spans)
        {
            var cells = CellText.Width(span.Text);
            if (cells > room)
            {
                // The mark takes the last cell of what fits.
                kept.Add(span with { Text = CellText.Truncate(span.Text, room + CellText.Width(CellText.Ellipsis)) });
                return kept;
            }

            kept.Add(span);
            room -= cells;
        }

        return kept;
    }

    /// <summary>The same with every place marked that says <paramref name="text"/>, whatever the case.</summary>
    public StyledLine Marked(string text, StyleRole role)
    {
        var plain = Plain;
        if (text.Length == 0 || plain.IndexOf(text, StringComparison.OrdinalIgnoreCase) is < 0 and var found)
        {
            return this;
        }

        List<StyledRun> marked = [];
        found = plain.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        int at = 0;
        foreach (var run in runs)
        {
            var (from, end) = (0, run.Text.Length);
            while (from < end)
            {
                // Before the next match, or in it.
                var isIn = found >= 0 && at + from >= found;
                var to = found < 0 ? end : Math.Min(end, isIn ? found + text.Length - at : found - at);
                marked.Add(isIn ? new(run.Text[from..to], role) : run with { Text = run.Text[from..to] });
                from = to;
                if (isIn && at + from >= found + text.Length)
                {
                    found = plain.IndexOf(text, at + from, StringComparison.OrdinalIgnoreCase);
                }
            }

            at += end;
        }

        return new StyledLine(marked);
    }

    private static void Add(List<Span> spans, StyledRun run, int start, int end)
    {
        if (end > start)
        {
            spans.Add(new Span(run.Text[start..end], run.Role) { Ink = run.Ink });
        }
    }
}
