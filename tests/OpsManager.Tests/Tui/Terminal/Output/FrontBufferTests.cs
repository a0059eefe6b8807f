using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class FrontBufferTests
{
    private readonly FrontBuffer front = new();

    [Fact]
    public void At_first_nothing_is_known() => Assert.False(front.Covers(0, 0));

    [Fact]
    public void A_cleared_terminal_shows_blanks()
    {
        front.Clear(2, 3);
        Assert.True(front.Covers(2, 3));
        Assert.Equal(Enumerable.Repeat(new ShownCell(" ", Pen.Plain), 3), front.Row(1).ToArray());
    }

    [Fact]
    public void Another_size_is_not_known()
    {
        front.Clear(2, 3);
        Assert.False(front.Covers(3, 2));
        Assert.False(front.Covers(2, 4));
    }

    [Fact]
    public void What_is_written_into_a_row_is_remembered_until_it_is_forgotten()
    {
        front.Clear(2, 3);
        front.Row(1)[2] = new ShownCell("x", Pen.Plain);
        Assert.Equal("x", front.Row(1)[2].Text);
        Assert.Equal(" ", front.Row(0)[2].Text);
        front.Forget();
        Assert.False(front.Covers(2, 3));
    }
}
