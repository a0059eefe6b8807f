using System.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Xunit;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class FrameComparerTests
{
    private static readonly Attribute Plain = new(Color.None, Color.None);

    private readonly FrameWriter writer = new(ColorDepth.True);
    private readonly FrameComparer comparer;
    private readonly Cell[,] cells = new Cell[2, 6];
    private readonly bool[] dirty = new bool[2];

    public FrameComparerTests()
    {
        comparer = new FrameComparer(writer, ColorDepth.True, asciiOnly: false);
        Put(0, "      ");
        Put(1, "      ");
    }

    [Fact]
    public void The_first_time_the_terminal_is_cleared_and_only_what_is_no_blank_is_written()
    {
        Put(1, "ab    ");
        Assert.Equal("\e[0m\e[2J\e[2;1Hab", Compare());
    }

    [Fact]
    public void Then_only_what_differs_is_written()
    {
        Put(0, "abcdef");
        Compare();
        Put(0, "abcxef");
        Assert.Equal("\e[1;4Hx", Compare());
        Assert.Equal("", Compare());
    }

    [Fact]
    public void A_line_that_nobody_touched_is_not_compared()
    {
        Compare();
        Put(0, "abcdef");
        dirty[0] = false;
        Assert.Equal("", Compare());
    }

    [Fact]
    public void The_marks_of_cells_and_lines_are_cleared()
    {
        Put(0, "a你bcd");
        Compare();
        Assert.DoesNotContain(true, dirty);
        Assert.All(cells.Cast<Cell>(), static cell => Assert.False(cell.IsDirty));
    }

    [Fact]
    public void A_forgotten_terminal_is_written_whole()
    {
        Put(0, "ab    ");
        Compare();
        comparer.Forget();
        Assert.Equal("\e[0m\e[2J\e[1;1Hab", Compare());
    }

    [Fact]
    public void What_a_disputed_character_may_have_covered_is_written_again_behind_it()
    {
        Put(0, "abcdef");
        Compare();
        cells[0, 0] = new Cell(Plain, true, "e\u0301");
        dirty[0] = true;
        Assert.Equal("\e[1;1H \e[1;1He\u0301\e[1;2Hb", Compare());
    }

    private string Compare()
    {
        writer.Clear();
        comparer.Compare(cells, dirty);
        return Encoding.UTF8.GetString(writer.Written);
    }

    /// <summary>A character of two cells has a blank behind it, as the library keeps it.</summary>
    private void Put(int row, string text)
    {
        var column = 0;
        foreach (var character in text)
        {
            cells[row, column++] = new Cell(Plain, true, character.ToString());
            if (character == '你')
            {
                cells[row, column++] = new Cell(Plain, true, " ");
            }
        }

        dirty[row] = true;
    }
}
