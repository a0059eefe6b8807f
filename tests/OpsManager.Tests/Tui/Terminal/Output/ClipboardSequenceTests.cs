using System.Text;
using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class ClipboardSequenceTests
{
    [Fact]
    public void A_terminal_is_told_in_one_sequence() => Assert.Equal("\e]52;c;aGk=\a", Of("hi", Multiplexer.None));

    [Fact]
    public void Tmux_is_told_itself_and_asked_to_pass_it_on() =>
        Assert.Equal("\e]52;c;aGk=\a\ePtmux;\e\e]52;c;aGk=\a\e\\", Of("hi", Multiplexer.Tmux));

    [Fact]
    public void Screen_gets_pieces_that_it_can_take_and_that_make_the_whole()
    {
        var text = new string('x', 5000);
        var sent = Of(text, Multiplexer.Screen);
        var pieces = sent.Split("\e\\", StringSplitOptions.RemoveEmptyEntries);

        Assert.All(pieces, static piece => Assert.InRange(piece.Length, 3, 766));
        Assert.All(pieces, static piece => Assert.StartsWith("\eP", piece, StringComparison.Ordinal));
        Assert.Equal(Of(text, Multiplexer.None), string.Concat(pieces.Select(static piece => piece[2..])));
    }

    [Theory]
    [InlineData("\e]0;title\a")]
    [InlineData("…é\U0001F600")]
    public void Whatever_is_copied_leaves_as_letters_and_digits(string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(Convert.FromBase64String(Of(text, Multiplexer.None)["\e]52;c;".Length..^1])));

    private static string Of(string text, Multiplexer through) =>
        Encoding.ASCII.GetString(ClipboardSequence.Create(Encoding.UTF8.GetBytes(text), through));
}
