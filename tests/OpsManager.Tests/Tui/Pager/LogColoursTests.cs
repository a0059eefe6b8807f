using OpsManager.Configuration.Themes;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Text;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>What a log asks a terminal for, and what is shown of it.</summary>
public sealed class LogColoursTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m", "<red>red")]
    [InlineData("a\u001b[1;92mb\u001b[22mc\u001b[md", "a<bright-green Bold>b<bright-green>cd")]
    [InlineData("\u001b[38;5;196mx\u001b[48;5;232my", "<FF0000>x<FF0000 on 080808>y")]
    [InlineData("\u001b[38;2;1;2;3mx\u001b[39;7my", "<010203>x<Reverse>y")]
    [InlineData("\u001b[38:5:9mx", "<bright-red>x")]
    [InlineData("\u001b[38;5mx\u001b[999;38;2;1mx", "xx")]
    [InlineData("\u001b[40;30mhidden", "<black>hidden")]
    [InlineData("\u001b[2J\u001b[H\u001b[?1049h\u001b(B\u001b7x", "x")]
    [InlineData("\u001b]0;owned\ax\u001b]52;c;AAAA\u001b\\y\u001bPq\u001b\\z", "xyz")]
    [InlineData("\u001b]0;no end", "␛]0;no end")]
    [InlineData("a\u001b[3\u202E1m\u001b", "a␛[3\uFFFD1m␛")]
    public void Colours_are_kept_and_everything_else_of_sequences_is_inert(string text, string shown) =>
        Assert.Equal(shown, Told(new StyledLine(LogColours.Runs(text))));

    [Theory]
    [InlineData("10%\r20%\r30%", "", "30%")]
    [InlineData("done\r", "", "done")]
    [InlineData("a beginning", "99%\rdone", "done")]
    [InlineData("a beginning", "an end", "a beginning")]
    public void Of_progress_the_last_state_is_shown(string text, string tail, string shown) =>
        Assert.Equal(shown, LogColours.LastState(text, tail));

    [Fact]
    public void Lines_are_wrapped_between_characters_and_marks_stay_with_theirs()
    {
        var line = new StyledLine([new("ab漢", StyleRole.Text), new("字e\u0301x", StyleRole.Ok)]);

        Assert.Equal(["ab", "漢", "字e\u0301", "x"], line.Wrapped(3).Select(Text));
        Assert.Equal((4, 2), (line.RowCount(3), line.RowCount(4)));
        Assert.Equal(" 字e\u0301x", Text(line.Scrolled(3, 80)));
        Assert.Equal("", Text(line.Scrolled(99, 80)));
        Assert.Equal(line.Plain, Text(line.Scrolled(0, CellText.Width(line.Plain))));
        var cut = Text(line.Scrolled(0, CellText.Width(line.Plain) - 1));
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.InRange(CellText.Width(cut), 2, CellText.Width(line.Plain) - 1);
        Assert.Equal(1, new StyledLine([]).RowCount(10));
        Assert.Equal(2, new StyledLine([new("abcdef", StyleRole.Text)]).RowCount(3));
        Assert.Equal(3, new StyledLine([new("abcdefg", StyleRole.Text)]).RowCount(3));
    }

    [Fact]
    public void Every_match_is_marked_whatever_its_case_and_its_colours()
    {
        var line = new StyledLine([new("an Er", StyleRole.Text), new("ror, eRRor", StyleRole.Ok)]).Marked("error", StyleRole.Match);

        Assert.Equal(
            [("an ", StyleRole.Text), ("Er", StyleRole.Match), ("ror", StyleRole.Match), (", ", StyleRole.Ok), ("eRRor", StyleRole.Match)],
            line.Scrolled(0, 200).Spans.Select(static span => (span.Text, span.Role)));
    }

    [Fact]
    public void Json_and_markdown_are_told_apart_by_their_parts()
    {
        Assert.Equal(
            [("  ", StyleRole.Text), ("\"a\"", StyleRole.Info), (": [", StyleRole.Text),
                ("\"b\\\"\"", StyleRole.Ok), (", ", StyleRole.Text),
                ("-1.5e3", StyleRole.Waiting), (", ", StyleRole.Text), ("true", StyleRole.Running), ("]", StyleRole.Text)],
            JsonColours.Runs("  \"a\": [\"b\\\"\", -1.5e3, true]").Select(static run => (run.Text, run.Role)));
        Assert.Equal("<Bold># One", Told(new StyledLine(MarkdownColours.Runs("# One"))));
        Assert.Equal("- <Bold>must not <Italic>fail code", Told(new StyledLine(MarkdownColours.Runs("- **must** not *fail* `code`"))));
        Assert.Equal(["a", "    b", "c"], MarkdownColours.Unfenced(["a", "```sh", "b", "```", "c"]));
    }

    [Fact]
    public void A_line_that_is_cut_says_so() =>
        Assert.Equal("long…", LineStyle.For(new TextLine(0, 9, "long", true), PagerSyntax.Raw).Plain);

    private static string Text(Row row) => string.Concat(row.Spans.Select(static span => span.Text));

    private static string Told(StyledLine line) =>
        string.Concat(line.Scrolled(0, 200).Spans.Select(static span =>
            (span.Ink is { } ink && Look(ink) is { Length: > 0 } look ? $"<{look}>" : "") + span.Text));

    private static string Look(Ink ink) => string.Join(' ', ((string?[])
    [
        Word(ink.Foreground), Word(ink.Background) is { } ground ? $"on {ground}" : null,
        ink.Styles == TextStyles.None ? null : ink.Styles.ToString(),
    ]).OfType<string>());

    private static string? Word(ThemeColor color) =>
        color.Name ?? color.Rgb?.ToString("X6", System.Globalization.CultureInfo.InvariantCulture);
}
