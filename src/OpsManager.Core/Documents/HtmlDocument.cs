namespace OpsManager.Core.Documents;

/// <summary>
/// Writes a document as one HTML page that needs nothing else: no script, nothing from elsewhere, light or dark as the reader's system
/// is, and fit to print.
/// </summary>
internal static class HtmlDocument
{
    /// <summary>The page may use its own style sheet, and nothing else at all.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'sha256-" + PageStyle.Hash + "'; base-uri 'none'; form-action 'none'";

    public static void Write(Document document, TextWriter output)
    {
        var html = new HtmlText(output);
        html.Constant("<!DOCTYPE html>").Line().Open("html", "lang", "en").Line().Open("head").Line();
        html.Empty("meta", "charset", "utf-8").Line();
        html.Empty("meta", "http-equiv", "Content-Security-Policy", "content", Policy).Line();
        html.Empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").Line();
        html.Empty("meta", "name", "color-scheme", "content", "light dark").Line();
        html.Empty("meta", "name", "referrer", "content", "no-referrer").Line();
        html.Element("title", document.Title).Line();
        html.Open("style").Constant(PageStyle.Text).Close().Line();
        html.Close().Line().Open("body").Line().Open("main").Line();
        html.Open("header").Element("h1", document.Title, "class", ClassOf(document.Tone)).Line();
        html.Element("p", document.Lead, "class", "lead").Close().Line();
        foreach (var block in document.Blocks)
        {
            Add(html, block, 2);
        }

        html.Open("footer").Element("p", document.Footer).Close().Line();
        html.Close().Line().Close().Line().Close().Line();
    }

    private static void Add(HtmlText html, Block block, int level)
    {
        switch (block)
        {
            case Section section:
                html.Open("section").Element(level < 3 ? "h2" : "h3", section.Title).Line();
                AddAll(html, section.Blocks, level + 1);
                html.Close().Line();
                break;
            case Paragraph paragraph:
                html.Element("p", paragraph.Text, "class", ClassOf(paragraph.Tone)).Line();
                break;
            case FactList facts:
                AddFacts(html, facts);
                break;
            case TableBlock table:
                AddTable(html, table);
                break;
            case Folded folded:
                html.Open("details").Element("summary", folded.Summary).Line();
                AddAll(html, folded.Blocks, level);
                html.Close().Line();
                break;
            case TimeChart chart:
                SvgChart.Write(html, chart);
                break;
        }
    }

    private static void AddAll(HtmlText html, IReadOnlyList<Block> blocks, int level)
    {
        foreach (var block in blocks)
        {
            Add(html, block, level);
        }
    }

    private static void AddFacts(HtmlText html, FactList list)
    {
        html.Open("dl");
        foreach (var (name, value) in list.Facts)
        {
            html.Open("div").Element("dt", name).Element("dd", value).Close().Line();
        }

        html.Close().Line();
    }

    private static void AddTable(HtmlText html, TableBlock table)
    {
        html.Open("div", "class", "scroll").Open("table").Element("caption", table.Caption).Line().Open("thead").Open("tr");
        for (var column = 0; column < table.Head.Count; column++)
        {
            html.Element("th", table.Head[column], "scope", "col", "class", table.Numbers.Contains(column) ? "number" : "plain");
        }

        html.Close().Close().Line().Open("tbody").Line();
        foreach (var row in table.Rows)
        {
            html.Open("tr");
            for (var column = 0; column < row.Count; column++)
            {
                var tone = ClassOf(row[column].Tone);
                html.Element("td", row[column].Text, "class", table.Numbers.Contains(column) ? $"number {tone}" : tone);
            }

            html.Close().Line();
        }

        html.Close().Close().Close().Line();
    }

    internal static string ClassOf(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Busy => "working",
        Tone.Waiting => "waiting",
        Tone.Bad => "bad",
        Tone.Muted => "muted",
        _ => "plain",
    };
}
