using System.Drawing;
using System.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class FrameWriterTests
{
    private const int Columns = 20;

    private static readonly Pen Bold = Pen.Plain with { Style = TextStyle.Bold };

    private readonly FrameWriter writer = new(ColorDepth.True);
    private readonly ShownCell[] shown = [.. Enumerable.Repeat(new ShownCell("s", Pen.Plain), Columns)];

    [Fact]
    public void Where_the_terminal_writes_next_anyhow_no_move_is_sent()
    {
        Start(0, 0);
        writer.Write('a', Columns);
        writer.GoTo(shown, 1, 0);
        writer.Write("你", 2, Columns);
        writer.GoTo(shown, 3, 0);
        Assert.Equal("a你", Take());
    }

    [Fact]
    public void Over_a_short_gap_what_is_there_is_sent_again()
    {
        Start(0, 0);
        writer.GoTo(shown, 4, 0);
        Assert.Equal("ssss", Take());
    }

    [Theory]
    [InlineData("s", TextStyle.Bold)]
    [InlineData("é", TextStyle.None)]
    public void Not_where_that_has_another_pen_or_more_than_a_byte(string text, TextStyle style)
    {
        Start(0, 0);
        shown[1] = new ShownCell(text, Pen.Plain with { Style = style });
        writer.GoTo(shown, 4, 0);
        Assert.Equal("\e[4C", Take());
    }

    [Fact]
    public void Over_a_long_gap_it_jumps()
    {
        Start(0, 0);
        writer.GoTo(shown, 9, 0);
        Assert.Equal("\e[9C", Take());
    }

    [Fact]
    public void Back_and_to_another_line_it_names_the_place()
    {
        Start(5, 0);
        writer.GoTo(shown, 2, 0);
        writer.GoTo(shown, 2, 3);
        Assert.Equal("\e[1;3H\e[4;3H", Take());
    }

    [Fact]
    public void Behind_the_last_column_it_does_not_know_where_the_terminal_is()
    {
        Start(Columns - 1, 0);
        writer.Write('x', Columns);
        writer.GoTo(shown, 0, 1);
        Assert.Equal("x\e[2;1H", Take());
    }

    [Fact]
    public void A_pen_is_sent_once()
    {
        Start(0, 0);
        writer.Use(Bold);
        writer.Use(Bold);
        Assert.Equal("\e[1m", Take());
    }

    [Fact]
    public void After_somebody_else_had_the_terminal_pen_and_place_are_sent_again()
    {
        Start(0, 0);
        writer.Use(Bold);
        writer.Forget();
        Take();
        writer.GoTo(shown, 0, 0);
        writer.Use(Bold);
        Assert.Equal("\e[1;1H\e[0m\e[1m", Take());
    }

    [Fact]
    public void Blanking_cells_leaves_the_place_where_it_was()
    {
        Start(3, 1);
        writer.Blank(2);
        writer.GoTo(shown, 3, 1);
        Assert.Equal("  \e[2;4H", Take());
    }

    [Fact]
    public void A_cursor_that_shows_where_it_shall_costs_nothing()
    {
        Start(0, 0);
        var cursor = new Cursor { Position = new Point(3, 1), Style = CursorStyle.BlinkingBlock };
        writer.SetCursor(cursor);
        Assert.Equal("\e[2;4H\e[?25h", Take());
        writer.SetCursor(cursor);
        Assert.Equal("", Take());
        writer.SetCursor(new Cursor());
        Assert.Equal("\e[?25l", Take());
    }

    [Fact]
    public void A_cursor_that_somebody_else_hid_is_shown_again()
    {
        Start(0, 0);
        var cursor = new Cursor { Position = new Point(3, 1), Style = CursorStyle.BlinkingBlock };
        writer.SetCursor(cursor);
        Take();
        writer.NoteCursorHidden();
        writer.SetCursor(cursor);
        Assert.Equal("\e[?25h", Take());
    }

    private void Start(int column, int row)
    {
        writer.ClearScreen();
        writer.GoTo(shown, column, row);
        Take();
    }

    private string Take()
    {
        var text = Encoding.UTF8.GetString(writer.Written);
        writer.Clear();
        return text;
    }
}
