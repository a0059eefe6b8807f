using System.Drawing;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Xunit;
using Attribute = Terminal.Gui.Drawing.Attribute;
using Color = Terminal.Gui.Drawing.Color;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class CellSurfaceTests
{
    private static readonly Attribute Style = new(new Color(1, 2, 3), new Color(4, 5, 6));

    private readonly OutputBufferImpl buffer = new();

    public CellSurfaceTests() => buffer.SetSize(10, 3);

    [Fact]
    public void Text_lands_in_the_rectangle_with_its_style()
    {
        var surface = new CellSurface(buffer, new Rectangle(2, 1, 6, 2));
        Assert.Equal(3, surface.Put(1, 0, "ab", Style));
        Assert.Equal("   ab     ", Row(1));
        Assert.Equal(Style, buffer.Contents![1, 3].Attribute);
    }

    [Theory]
    [InlineData(4, "abcd", "    ab")]
    [InlineData(-1, "abcd", "bcd   ")]
    [InlineData(6, "abcd", "      ")]
    [InlineData(-9, "abcd", "      ")]
    [InlineData(5, "你", "      ")]
    [InlineData(-1, "你b", " b    ")]
    [InlineData(3, "你好", "   你 ")]
    public void Text_is_clipped_to_the_rectangle_and_wide_characters_are_not_halved(int x, string text, string expected)
    {
        new CellSurface(buffer, new Rectangle(0, 0, 10, 3)).Fill(0, 0, 10, 3, Style, '.');
        var surface = new CellSurface(buffer, new Rectangle(2, 1, 6, 1));
        surface.Clear(Style);
        surface.Put(x, 0, text, Style);
        Assert.Equal($"..{expected}..", Row(1));
        Assert.Equal("..........", Row(0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Rows_outside_are_not_written(int y)
    {
        new CellSurface(buffer, new Rectangle(0, 0, 10, 3)).Put(0, y, "text", Style);
        Assert.Equal(new string(' ', 30), Row(0) + Row(1) + Row(2));
    }

    [Fact]
    public void A_rectangle_that_hangs_over_the_screen_is_cut()
    {
        var surface = new CellSurface(buffer, new Rectangle(7, 2, 10, 10));
        surface.Put(0, 0, "abcdef", Style);
        surface.Put(0, 1, "below", Style);
        Assert.Equal("       abc", Row(2));
    }

    [Fact]
    public void Everything_is_cleaned()
    {
        new CellSurface(buffer, new Rectangle(0, 0, 10, 3)).Put(0, 0, "a\e[2J\u202E", Style);
        Assert.Equal("a␛[2J\uFFFD    ", Row(0));
    }

    [Theory]
    [InlineData("ab", "ab  |")]
    [InlineData("abcd", "abcd|")]
    [InlineData("abcde", "abc…|")]
    [InlineData("你好吗", "你… |")]
    [InlineData(null, "    |")]
    public void Fitted_text_fills_its_cells_exactly(string? text, string expected)
    {
        var surface = new CellSurface(buffer, new Rectangle(0, 0, 10, 3));
        surface.Fill(0, 0, 10, 1, Style, '.');
        var next = surface.PutFitted(0, 0, text, 4, Style);
        surface.Put(next, 0, "|", Style);
        Assert.StartsWith(expected, Row(0), StringComparison.Ordinal);
    }

    [Fact]
    public void Drawing_the_same_again_marks_nothing()
    {
        DrawAll();
        Settle();
        DrawAll();
        Assert.DoesNotContain(true, buffer.DirtyLines);
        Assert.DoesNotContain(buffer.Contents!.Cast<Cell>(), cell => cell.IsDirty);

        void DrawAll()
        {
            var surface = new CellSurface(buffer, new Rectangle(0, 0, 10, 3));
            surface.PutRow(0, "plain", Style);
            surface.PutRow(1, "你é 👨‍👩‍👧 e\u0301", Style);
            surface.PutRow(2, "", Style);
        }
    }

    [Fact]
    public void Only_changed_cells_are_marked()
    {
        var surface = new CellSurface(buffer, new Rectangle(0, 0, 10, 3));
        surface.Put(0, 1, "count 1", Style);
        Settle();
        surface.Put(0, 1, "count 2", Style);
        Assert.Equal([false, true, false], buffer.DirtyLines);
        Assert.Equal(1, buffer.Contents!.Cast<Cell>().Count(cell => cell.IsDirty));
    }

    [Fact]
    public void Writing_over_the_right_half_of_a_wide_character_removes_it()
    {
        var surface = new CellSurface(buffer, new Rectangle(0, 0, 10, 3));
        surface.Put(0, 0, "你", Style);
        surface.Put(1, 0, "x", Style);
        Assert.Equal(" x        ", Row(0));
    }

    [Fact]
    public void A_part_has_its_own_origin_and_stays_inside()
    {
        var part = new CellSurface(buffer, new Rectangle(1, 0, 8, 3)).Part(6, 1, 5, 5);
        Assert.Equal(2, part.Width);
        Assert.Equal(2, part.Height);
        part.Put(0, 0, "abc", Style);
        Assert.Equal("       ab ", Row(1));
    }

    [Fact]
    public void Where_the_clip_forbids_nothing_is_written_and_covered_halves_are_blank()
    {
        var clip = new Region(new Rectangle(0, 0, 4, 3));
        var surface = new CellSurface(buffer, new Rectangle(0, 0, 10, 3), clip);
        surface.Put(0, 0, "abcdef", Style);
        surface.Put(0, 1, "abc你d", Style);
        Assert.Equal("abcd      ", Row(0));
        Assert.Equal("abc       ", Row(1));
    }

    [Fact]
    public void A_fill_with_anything_but_a_narrow_printable_character_shows_a_stand_in()
    {
        var surface = new CellSurface(buffer, new Rectangle(0, 0, 10, 3));
        surface.Fill(0, 0, 2, 1, Style, '\e');
        surface.Fill(2, 0, 2, 1, Style, '你');
        surface.Fill(4, 0, 2, 1, Style, '─');
        Assert.Equal("\uFFFD\uFFFD\uFFFD\uFFFD──    ", Row(0));
    }

    [Fact]
    public void A_very_long_line_costs_no_more_than_the_row_can_show()
    {
        var line = new string('你', 1_000_000);
        new CellSurface(buffer, new Rectangle(0, 0, 10, 3)).Put(0, 0, line, Style);
        var before = GC.GetAllocatedBytesForCurrentThread();
        new CellSurface(buffer, new Rectangle(0, 0, 10, 3)).Put(0, 0, line, Style);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(spent, 0, 10_000);
    }

    [Fact]
    public void A_pane_draws_through_it_and_a_dialog_stays_on_top()
    {
        using var screen = new TestScreen(30, 8);
        using var root = new Runnable { Width = Dim.Fill(), Height = Dim.Fill() };
        var pane = new Pane { Width = Dim.Fill(), Height = Dim.Fill() };
        root.Add(pane);
        screen.Show(root);
        Assert.Equal("row 0 https://example.com     ", screen.Lines[0]);

        using var dialog = new Dialog { Title = "top", Width = 12, Height = 4, ShadowStyle = ShadowStyles.None };
        var session = screen.App.Begin(dialog)!;
        screen.Loop.Turn();
        var covered = screen.Lines;
        Assert.Contains("top", string.Join('\n', covered), StringComparison.Ordinal);

        pane.Word = "new";
        pane.SetNeedsDraw();
        screen.Loop.Turn();
        Assert.Equal("new 0 https://example.com     ", screen.Lines[0]);
        Assert.Equal(covered[3][9..21], screen.Lines[3][9..21]);

        screen.App.End(session);
        screen.Loop.Turn();
        Assert.Equal("new 3 https://example.com     ", screen.Lines[3]);
        Assert.DoesNotContain("\e]8", screen.Port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_on_no_screen_has_an_empty_surface()
    {
        using var view = new View { Width = 5, Height = 5 };
        var surface = new CellSurface(view);
        surface.PutRow(0, "nowhere", Style);
        Assert.Equal(0, surface.Width);
    }

    private string Row(int row)
    {
        var text = "";
        for (var column = 0; column < buffer.Cols; column++)
        {
            var cell = buffer.Contents![row, column].Grapheme;
            text += cell;
            column += OpsManager.Tui.Text.CellText.Width(cell) - 1;
        }

        return text;
    }

    private void Settle()
    {
        Array.Clear(buffer.DirtyLines);
        for (var row = 0; row < buffer.Rows; row++)
        {
            for (var column = 0; column < buffer.Cols; column++)
            {
                buffer.Contents![row, column].IsDirty = false;
            }
        }
    }

    private sealed class Pane : View
    {
        public string Word { get; set; } = "row";

        protected override bool OnClearingViewport() => true;

        protected override bool OnDrawingContent(DrawContext? context)
        {
            var surface = new CellSurface(this);
            for (var row = 0; row < surface.Height; row++)
            {
                surface.PutRow(row, $"{Word} {row} https://example.com", Style);
            }

            return true;
        }
    }
}
