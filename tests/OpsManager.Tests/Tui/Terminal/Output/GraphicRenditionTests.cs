using System.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class GraphicRenditionTests
{
    private static readonly Pen Bold = Pen.Plain with { Style = TextStyle.Bold };

    [Fact]
    public void The_same_pen_costs_nothing() => Assert.Equal("", Change(Bold, Bold));

    [Fact]
    public void Only_what_is_new_is_sent()
    {
        Assert.Equal("\e[1m", Change(Pen.Plain, Bold));
        Assert.Equal("\e[4m", Change(Bold, Bold with { Style = TextStyle.Bold | TextStyle.Underline }));
        Assert.Equal("\e[38;2;1;2;3m", Change(Bold, Bold with { Foreground = 0x010203 }));
    }

    [Fact]
    public void A_style_that_ends_takes_all_styles_and_colours_off_and_what_stays_is_sent_again()
    {
        var before = new Pen(0x010203, -1, TextStyle.Bold | TextStyle.Underline);
        Assert.Equal("\e[0m", Change(Bold, Pen.Plain));
        Assert.Equal("\e[0;4;38;2;1;2;3m", Change(before, before with { Style = TextStyle.Underline }));
    }

    [Fact]
    public void The_terminals_own_colours_have_numbers_of_their_own() =>
        Assert.Equal("\e[39;49m", Change(new Pen(1, 2, TextStyle.None), Pen.Plain));

    [Theory]
    [InlineData(ColorDepth.Sixteen, 9, "\e[91m")]
    [InlineData(ColorDepth.Sixteen, 7, "\e[37m")]
    [InlineData(ColorDepth.TwoFiftySix, 208, "\e[38;5;208m")]
    [InlineData(ColorDepth.True, 0xFF8000, "\e[38;2;255;128;0m")]
    [InlineData(ColorDepth.True, Pen.Named + 9, "\e[91m")]
    [InlineData(ColorDepth.TwoFiftySix, Pen.Named + 2, "\e[32m")]
    public void A_colour_is_sent_as_its_depth_has_it_and_a_named_one_by_its_number(ColorDepth depth, int color, string sent) =>
        Assert.Equal(sent, Change(Pen.Plain, Pen.Plain with { Foreground = color }, depth));

    private static string Change(Pen before, Pen wanted, ColorDepth depth = ColorDepth.True)
    {
        var frame = new FrameBytes();
        GraphicRendition.AppendChange(frame, before, wanted, depth);
        return Encoding.UTF8.GetString(frame.Written);
    }
}
