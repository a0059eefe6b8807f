using CsCheck;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using Xunit;

namespace OpsManager.Tests.Tui.Content;

public sealed class WrapTests
{
    [Fact]
    public void A_word_that_fits_on_the_next_line_is_not_broken() =>
        Assert.Equal(["for run", "2026-11-22T19:19:21Z"], Wrap.Lines("for run 2026-11-22T19:19:21Z", 21));

    [Fact]
    public void A_path_that_fits_on_no_line_is_broken_behind_a_separator() =>
        Assert.Equal(
            [".superloop/loops/", "checkout-flow/", "approval.json: approved"],
            Wrap.Lines(".superloop/loops/checkout-flow/approval.json: approved", 23));

    [Fact]
    public void The_first_line_may_have_another_width() =>
        Assert.Equal(["ab", "cdefgh"], Wrap.Lines("ab cdefgh", 8, first: 3));

    [Fact]
    public void Nothing_is_lost_and_nothing_added_but_blanks_at_the_ends_of_lines()
    {
        Gen.Char["abc/ é你"].Array[0, 80].Select(Gen.Int[2, 30], Gen.Int[2, 30]).Sample((letters, width, first) =>
        {
            var text = new string(letters);
            var lines = Wrap.Lines(text, width, first);
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
            Assert.True(CellText.Width(lines[0]) <= first);
            Assert.All(lines.Skip(1), line => Assert.True(CellText.Width(line) <= width));
        });
    }
}
