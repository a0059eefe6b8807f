using System.Buffers;
using System.Text;
using OpsManager.Contract.Text;

namespace OpsManager.Core.Documents;

/// <summary>Writes a document as Markdown. Texts are escaped, so that nothing in them is a link, an image, HTML or a heading.</summary>
internal static class MarkdownDocument
{
    private const string Always = "\\`*[]<>|&~$@";

    private static readonly SearchValues<char> Signs = SearchValues.Create($"{Always}_/.)");

    public static void Write(Document document, TextWriter output)
    {
        output.WriteLine($"# {Escaped(document.Title)}");
        output.WriteLine();
        output.WriteLine(Escaped(document.Lead));
        AddAll(output, document.Blocks, 2);
        output.WriteLine();
        output.WriteLine(Escaped(document.Footer));
    }

    private static void AddAll(TextWriter output, IReadOnlyList<Block> blocks, int level)
    {
        foreach (var block in blocks)
        {
            output.WriteLine();
            Add(output, block, level);
        }
    }

    private static void Add(TextWriter output, Block block, int level)
    {
        switch (block)
        {
            case Section section:
                output.WriteLine($"{new string('#', level)} {Escaped(section.Title)}");
                AddAll(output, section.Blocks, level + 1);
                break;
            case Paragraph paragraph:
                output.WriteLine(Escaped(paragraph.Text));
                break;
            case FactList list:
                foreach (var (name, value) in list.Facts)
                {
                    output.WriteLine($"- {Escaped(name)}: {Escaped(value)}");
                }

                break;
            case TableBlock table:
                output.WriteLine($"{Escaped(table.Caption)}:");
                output.WriteLine();
                output.WriteLine(Row(table.Head));
                output.WriteLine(
                    $"|{string.Concat(table.Head.Select((_, column) => table.Numbers.Contains(column) ? " ---: |" : " --- |"))}");
                foreach (var row in table.Rows)
                {
                    output.WriteLine(Row(row.Select(static cell => cell.Text)));
                }

                break;
            case Folded folded:
                output.WriteLine($"{new string('#', level)} {Escaped(folded.Summary)}");
                AddAll(output, folded.Blocks, level + 1);
                break;
            case TimeChart chart:
                output.WriteLine($"{Escaped(chart.Title)}: {Escaped(chart.Words)}");
                break;
        }
    }

    private static string Row(IEnumerable<string> cells) => $"|{string.Concat(cells.Select(static cell => $" {Escaped(cell)} |"))}";

    /// <summary>
    /// Cleans a text as for a terminal, and puts a backslash before each sign that Markdown or HTML would read where it stands.
    /// </summary>
    private static string Escaped(string text)
    {
        var clean = SafeText.Clean(text);
        if (clean.AsSpan().IndexOfAny(Signs) < 0 && (clean.Length == 0 || !MayStartBlock(clean, 0)))
        {
            return clean;
        }

        var escaped = new StringBuilder(clean.Length + 8);
        for (var at = 0; at < clean.Length; at++)
        {
            if (IsSign(clean, at) || MayStartBlock(clean, at))
            {
                escaped.Append('\\');
            }

            escaped.Append(clean[at]);
        }

        return escaped.ToString();
    }

    private static bool IsSign(string text, int at) => text[at] switch
    {
        // Between letters it is part of a name such as role_end.
        '_' => at == 0 || at == text.Length - 1 || !char.IsAsciiLetterOrDigit(text[at - 1]) || !char.IsAsciiLetterOrDigit(text[at + 1]),
        // What looks like an address would become a link.
        '/' => at > 0 && text[at - 1] == ':',
        '.' => at >= 3 && text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        var letter => Always.Contains(letter, StringComparison.Ordinal),
    };

    /// <summary>A sign that begins a heading, a list or a rule at the start of a line.</summary>
    private static bool MayStartBlock(string text, int at) => at == 0
        ? text[0] is '#' or '+' or '-' or '='
        : text[at] is '.' or ')' && (at + 1 == text.Length || text[at + 1] == ' ')
            && text.AsSpan(0, at).IndexOfAnyExceptInRange('0', '9') < 0;
}
