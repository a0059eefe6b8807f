using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using OpsManager.Core.Documents;
using Xunit;

namespace OpsManager.Core.Tests.Documents;

public sealed class DocumentTests
{
    private const string Hostile =
        "</td><script>alert(1)</script><img src=x onerror='a()'> \" & \u202egnp.exe \u001b[31m [link](https://evil) `code` **b**";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A document that has the hostile text wherever a text can be.</summary>
    private static Document Everywhere { get; } = new(Hostile, Hostile, Tone.Bad,
    [
        new Paragraph(Hostile),
        new FactList([new Fact(Hostile, Hostile)]),
        new Section(Hostile,
        [
            new TableBlock(Hostile, [Hostile, "B"], [[new Cell(Hostile, Tone.Good), "1"]]) { Numbers = [1] },
            new Folded(Hostile, [new Paragraph(Hostile, Tone.Muted)]),
            Chart(Hostile, Hostile),
        ]),
    ])
    {
        Footer = Hostile,
    };

    [Fact]
    public void The_page_allows_its_own_style_sheet_and_no_other()
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(PageStyle.Text)));

        Assert.Equal(PageStyle.Hash, hash);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", HtmlDocument.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<", PageStyle.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", PageStyle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_becomes_an_element_or_an_attribute()
    {
        var page = Parsed(Html(Everywhere));

        Assert.Equal(
            ["body", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "g", "h1", "h2", "head", "header",
                "html", "line", "main", "meta", "p", "rect", "section", "style", "summary", "svg", "table", "tbody", "td", "text", "th",
                "thead", "title", "tr"],
            page.DescendantsAndSelf().Select(static element => element.Name.LocalName).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(page.Descendants().Attributes(), static one => one.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
            || one.Name.LocalName is "src" or "href" or "style");
    }

    [Fact]
    public void A_text_is_on_the_page_as_it_was_written_with_what_hides_made_visible()
    {
        var page = Parsed(Html(Everywhere));
        var text = page.Descendants("h1").Single().Value;

        Assert.Contains("</td><script>alert(1)</script><img src=x onerror='a()'> \" & ", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("\u241b[31m", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_has_words_for_those_who_cannot_see_it()
    {
        var page = Parsed(Html(new Document("t", "l", Tone.Plain,
            [Chart("Ribbon", "running for 9s.")])));

        Assert.Equal("Ribbon. running for 9s.", page.Descendants("svg").Single().Attribute("aria-label")!.Value);
        Assert.Equal("img", page.Descendants("svg").Single().Attribute("role")!.Value);
        Assert.Equal("a bar of Ribbon", page.Descendants("title").Last().Value);
        Assert.Contains(page.Descendants("p"), static p => p.Value == "running for 9s.");
    }

    [Fact]
    public void A_table_has_a_heading_for_each_column()
    {
        var page = Parsed(Html(Everywhere));

        Assert.All(page.Descendants("th"), static cell => Assert.Equal("col", cell.Attribute("scope")!.Value));
        Assert.Equal("number", page.Descendants("th").Last().Attribute("class")!.Value);
    }

    [Fact]
    public void Markdown_has_no_html_link_image_or_emphasis_of_a_text()
    {
        var text = Markdown(Everywhere);

        Assert.Contains(@"\<script\>alert(1)\</script\>", text, StringComparison.Ordinal);
        Assert.Contains(@"\[link\](https:\//evil) \`code\` \*\*b\*\*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text.Replace(@"\<", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Theory]
    [InlineData("role_end", "role_end")]
    [InlineData("_x_", @"\_x\_")]
    [InlineData("4.6s", "4.6s")]
    [InlineData("1. first", @"1\. first")]
    [InlineData("# title", @"\# title")]
    [InlineData("- item", @"\- item")]
    [InlineData("www.evil.example", @"www\.evil.example")]
    [InlineData("a|b", @"a\|b")]
    [InlineData("two\nlines", "two lines")]
    public void Signs_that_mean_something_are_escaped_where_they_do(string text, string written)
    {
        var lines = Markdown(new Document("t", "l", Tone.Plain, [new Paragraph(text)])).Split('\n');

        Assert.Equal(written, lines[4].TrimEnd('\r'));
    }

    private static TimeChart Chart(string title, string words) => new(title, words, Start, Start.AddMinutes(1),
        [new Lane(title, [new Bar(Start, Start.AddSeconds(9), $"a bar of {title}", Tone.Busy)])]);

    private static string Html(Document document)
    {
        using var text = new StringWriter();
        HtmlDocument.Write(document, text);
        return text.ToString();
    }

    private static string Markdown(Document document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        MarkdownDocument.Write(document, text);
        return text.ToString();
    }

    /// <summary>As XML, which HTML of this writer is but for elements that have no end.</summary>
    private static XElement Parsed(string html)
    {
        var lines = html.Split('\n').Skip(1).Select(static line =>
            line.StartsWith("<meta ", StringComparison.Ordinal) ? $"{line[..^1]}/>" : line);
        return XElement.Parse(string.Join('\n', lines));
    }
}
