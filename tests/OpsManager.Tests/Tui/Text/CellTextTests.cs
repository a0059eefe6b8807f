using CsCheck;
using OpsManager.Contract.Text;
using OpsManager.Tests.Contract.Text;
using OpsManager.Tui.Text;
using Xunit;

namespace OpsManager.Tests.Tui.Text;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("你好", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("🇩🇪", 2)]
    [InlineData("a…b", 3)]
    [InlineData("│─┐", 3)]
    public void Width_is_counted_in_cells(string text, int expected) => Assert.Equal(expected, CellText.Width(text));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abcd", 1, "…")]
    [InlineData("abcd", 0, "")]
    [InlineData("abcd", -1, "")]
    [InlineData("你好", 4, "你好")]
    [InlineData("你好吗", 5, "你好…")]
    [InlineData("你好吗", 4, "你…")]
    [InlineData("xe\u0301y", 2, "x…")]
    public void Truncating_marks_the_cut_and_never_splits_a_character(string text, int cells, string expected) =>
        Assert.Equal(expected, CellText.Truncate(text, cells));

    [Fact]
    public void A_text_that_fits_is_not_copied()
    {
        var text = "short";
        Assert.Same(text, CellText.Truncate(text, 10));
    }

    [Fact]
    public void Fitted_text_takes_exactly_the_cells_asked_for() =>
        Gen
            .Select(SafeTextTests.AnyText, Gen.Int[0, 20])
            .Sample((text, cells) => CellText.Width(CellText.Fit(SafeText.Clean(text), cells)) == cells);

    [Fact]
    public void Walking_gives_every_character_back_in_order() => SafeTextTests.AnyText.Sample(text =>
    {
        var clean = SafeText.Clean(text);
        var walked = "";
        foreach (var grapheme in CellText.Graphemes(clean))
        {
            Assert.InRange(grapheme.Width, 1, 2);
            walked += grapheme.Text.ToString();
        }

        return walked == clean;
    });

    [Fact]
    public void Measuring_ascii_allocates_nothing()
    {
        var text = new string('x', 200);
        Measure(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(text);
        // Before the assertion, which boxes.
        var after = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(before, after);
    }

    private static int Measure(string text) => CellText.Width(text) + CellText.Truncate(text, 300).Length;
}
