using OpsManager.Tui.Palette;
using Xunit;

namespace OpsManager.Tests.Tui.Palette;

public sealed class FuzzyTests
{
    [Theory]
    [InlineData("", "anything")]
    [InlineData("zoom", "zoom")]
    [InlineData("thda", "theme dark")]
    [InlineData("NP", "next-problem")]
    public void Letters_that_come_in_order_fit(string typed, string name) => Assert.NotNull(Fuzzy.Score(typed, name));

    [Theory]
    [InlineData("moz", "zoom")]
    [InlineData("zoomm", "zoom")]
    [InlineData("x", "")]
    public void Letters_that_do_not_come_in_order_do_not_fit(string typed, string name) => Assert.Null(Fuzzy.Score(typed, name));

    [Theory]
    [InlineData("q", "quit", "next-problem q")]
    [InlineData("run", "run api", "page-turn now")]
    [InlineData("theme", "theme dark", "next-theme")]
    [InlineData("np", "next-problem", "open-in-pager")]
    [InlineData("files", "show-files", "filter-less")]
    public void A_beginning_beats_a_word_and_a_word_beats_scattered_letters(string typed, string better, string worse) =>
        Assert.True((Fuzzy.Score(typed, better) ?? int.MinValue) > (Fuzzy.Score(typed, worse) ?? int.MinValue));
}
