using System.Drawing;
using CsCheck;
using OpsManager.Tests.Contract.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Text;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Xunit;
using Attribute = Terminal.Gui.Drawing.Attribute;
using Color = Terminal.Gui.Drawing.Color;
using Size = System.Drawing.Size;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class DiffOutputTests
{
    private static readonly Attribute Plain = new(Color.None, Color.None);
    private static readonly Attribute Orange = new(new Color(255, 128, 0), new Color(0, 0, 64), TextStyle.Bold);

    private readonly MemoryPort port = new() { Size = new Size(20, 4) };

    [Fact]
    public void A_frame_is_one_write_inside_a_synchronized_update()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "hello", Plain);
        output.Write(buffer);
        Assert.Equal(1, port.Writes);
        var sent = port.Take();
        Assert.StartsWith("\e[?2026h", sent, StringComparison.Ordinal);
        Assert.EndsWith("\e[?2026l", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unchanged_frame_sends_nothing()
    {
        var (output, buffer) = Make();
        output.Write(buffer);
        port.Take();
        Put(buffer, 0, 0, " ", new Attribute(ColorName16.White, ColorName16.Black));
        buffer.DirtyLines[0] = true;
        output.Write(buffer);
        Assert.Equal("", port.Take());
        Assert.Equal(1, output.Frames);
    }

    [Fact]
    public void One_changed_cell_costs_less_than_sixty_bytes()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "count 1", Orange);
        output.Write(buffer);
        port.Take();
        Put(buffer, 0, 0, "count 2", Orange);
        output.Write(buffer);
        var sent = port.Take();
        Assert.Contains("2", sent, StringComparison.Ordinal);
        Assert.InRange(sent.Length, 1, 59);
    }

    [Theory]
    [InlineData(ColorDepth.True, "1;38;2;255;128;0;48;2;0;0;64")]
    [InlineData(ColorDepth.TwoFiftySix, "1;38;5;208;48;5;17")]
    [InlineData(ColorDepth.Sixteen, "1;33;40")]
    [InlineData(ColorDepth.None, "1")]
    public void Colours_are_reduced_to_the_depth_and_styles_are_kept(ColorDepth depth, string expected)
    {
        var (output, buffer) = Make(depth, Plain);
        Put(buffer, 0, 0, "x", Orange);
        output.Write(buffer);
        Assert.Contains($"\e[{expected}m", port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colours_no_colour_sequence_is_ever_sent()
    {
        var (output, buffer) = Make(ColorDepth.None);
        Put(buffer, 0, 0, "bold", Orange);
        Put(buffer, 6, 0, "plain", Plain);
        Put(buffer, 0, 1, "reverse", new Attribute(new Color(1, 2, 3), new Color(4, 5, 6), TextStyle.Reverse | TextStyle.Underline));
        output.Write(buffer);
        Assert.DoesNotMatch("[;\\[](3|4|9|10)\\d(;|m)", port.Take());
    }

    [Fact]
    public void A_style_that_ends_does_not_stay_on()
    {
        var (output, buffer) = Make(ColorDepth.None, Plain);
        Put(buffer, 0, 0, "b", Orange);
        Put(buffer, 1, 0, "p", Plain);
        var model = Show(output, buffer);
        Assert.Equal(("b", "1"), model[0, 0]);
        Assert.Equal(("p", ""), model[0, 1]);
    }

    [Fact]
    public void Nothing_raw_passes_whoever_wrote_it_into_the_buffer()
    {
        var (output, buffer) = Make();
        string[] dirty = ["\e", "\u009B", "\u202E", "\uD800", "e" + new string('\u0301', 20), "\a", "\u200B", new string('\u0301', 3)];
        for (var column = 0; column < dirty.Length; column++)
        {
            buffer.Contents![0, column] = new Cell(Plain, true, dirty[column]);
        }

        buffer.DirtyLines[0] = true;
        var model = Show(output, buffer);
        Assert.Equal(new string('\uFFFD', dirty.Length), model.Line(0)[..dirty.Length]);
    }

    [Fact]
    public void A_web_address_is_not_made_a_link()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "https://example.com", Plain);
        output.Write(buffer);
        Assert.DoesNotContain("\e]8", port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_writes_past_the_buffer_is_dropped()
    {
        var (output, _) = Make();
        output.Write("\e[?1003h\e[c\e]0;title\a".AsSpan());
        Assert.Equal("", port.Take());
    }

    [Fact]
    public void On_an_ascii_terminal_only_ascii_is_sent()
    {
        var (output, buffer) = Make(asciiOnly: true);
        Put(buffer, 0, 0, "│─┐ é 你 😀 … ●", Plain);
        output.Write(buffer);
        var sent = port.Take();
        Assert.All(sent, character => Assert.True(char.IsAscii(character)));
        Assert.Contains("|-+ ? ?? ?? . *", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_character_at_the_edge_is_not_sent()
    {
        var (output, buffer) = Make();
        buffer.Contents![0, 19] = new Cell(Plain, true, "你");
        buffer.DirtyLines[0] = true;
        Assert.Equal(" ", Show(output, buffer)[0, 19].Text);
    }

    [Theory]
    [InlineData(18, "👨\u200D👩\u200D👧", "  ")]
    [InlineData(14, "👨\u200D👩\u200D👧", "  ")]
    [InlineData(19, "e\u0301", "e")]
    [InlineData(19, "क\u093F", " ")]
    [InlineData(19, "\U0001D400", " ")]
    public void A_character_that_a_terminal_may_take_for_wider_is_not_sent_where_it_would_not_fit(int column, string text, string instead)
    {
        var (output, buffer) = Make();
        Put(buffer, column, 0, text, Plain);
        var model = Show(output, buffer);
        Assert.Equal(instead, string.Concat(Enumerable.Range(column, instead.Length).Select(at => model[0, at].Text)));
    }

    [Theory]
    [InlineData(12, "👨\u200D👩\u200D👧")]
    [InlineData(18, "e\u0301")]
    [InlineData(18, "😀")]
    public void Where_it_fits_even_then_it_is_sent(int column, string text)
    {
        var (output, buffer) = Make();
        Put(buffer, column, 0, text, Plain);
        Assert.Equal(text, Show(output, buffer)[0, column].Text);
    }

    [Fact]
    public void What_such_a_character_may_have_covered_is_sent_again_behind_it()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "abcdefghijkl", Plain);
        output.Write(buffer);
        port.Take();
        Put(buffer, 0, 0, "👨\u200D👩\u200D👧", Plain);
        output.Write(buffer);
        var sent = port.Take();
        Assert.Contains("cdefgh", sent[sent.IndexOf("👧", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("ij", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_character_over_half_a_wide_one_leaves_no_half()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "你b", Plain);
        var model = Show(output, buffer);
        Assert.Equal("你b", model.Line(0).TrimEnd());
        Put(buffer, 0, 0, "x", Plain);
        output.Write(buffer);
        model.Feed(port.Take());
        Assert.Equal("x b", model.Line(0).TrimEnd());
    }

    [Fact]
    public void The_cursor_is_sent_only_when_it_changed()
    {
        var (output, buffer) = Make();
        output.Write(buffer);
        port.Take();
        var shown = new Cursor { Position = new Point(3, 1), Style = CursorStyle.BlinkingBlock };
        output.SetCursor(shown);
        Assert.Equal("\e[2;4H\e[?25h", port.Take());
        // As the library does around every frame.
        output.SetCursor(shown with { Position = null });
        output.Write(buffer);
        output.SetCursor(shown);
        Assert.Equal("", port.Take());
        output.SetCursor(new Cursor());
        output.Flush();
        Assert.Equal("\e[?25l", port.Take());
    }

    [Fact]
    public void A_frame_under_a_visible_cursor_hides_it_and_brings_it_back()
    {
        var (output, buffer) = Make();
        var shown = new Cursor { Position = new Point(3, 1), Style = CursorStyle.BlinkingBlock };
        output.Write(buffer);
        output.SetCursor(shown);
        output.SetCursor(shown with { Position = null });
        Put(buffer, 0, 0, "x", Plain);
        output.Write(buffer);
        output.SetCursor(shown);
        var model = new ModelTerminal(20, 4);
        model.Feed(port.Take());
        Assert.True(model.CursorVisible);
        Assert.Equal((3, 1), model.Cursor);
        Assert.Equal("x", model.Line(0).Trim());
    }

    [Fact]
    public void While_muted_nothing_is_sent_and_afterwards_everything()
    {
        var (output, buffer) = Make();
        output.Write(buffer);
        output.Mute(true);
        port.Take();
        Put(buffer, 0, 0, "unseen", Plain);
        output.Write(buffer);
        output.SetCursor(new Cursor { Position = new Point(1, 1), Style = CursorStyle.BlinkingBlock });
        Assert.Equal("", port.Take());
        output.Mute(false);
        Assert.Equal("unseen", Show(output, buffer).Line(0).TrimEnd());
    }

    [Fact]
    public void A_resized_buffer_is_sent_whole()
    {
        var (output, buffer) = Make();
        output.Write(buffer);
        port.Take();
        buffer.SetSize(10, 2);
        Put(buffer, 0, 0, "small", Plain);
        output.Write(buffer);
        var model = new ModelTerminal(10, 2);
        model.Feed(port.Take());
        Assert.Equal("small     ", model.Line(0));
    }

    [Fact]
    public void The_counted_bytes_are_those_that_were_sent()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "é", Plain);
        output.Write(buffer);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(port.Take()), output.Bytes);
    }

    [Fact]
    public void The_picture_of_a_buffer_leaves_its_marks_alone()
    {
        var (output, buffer) = Make();
        Put(buffer, 0, 0, "pictured", Plain);
        Assert.Contains("pictured", output.ToAnsi(buffer), StringComparison.Ordinal);
        Assert.Equal("pictured", Show(output, buffer).Line(0).TrimEnd());
    }

    [Theory]
    [InlineData(ColorDepth.True)]
    [InlineData(ColorDepth.Sixteen)]
    [InlineData(ColorDepth.None)]
    public void After_any_drawing_the_terminal_shows_what_the_buffer_holds(ColorDepth depth)
    {
        Attribute[] styles = [
            Plain, Orange, new Attribute(new Color(10, 200, 10), Color.None, TextStyle.Reverse),
            new Attribute(Color.None, new Color(9, 9, 90), TextStyle.Underline | TextStyle.Faint)
        ];
        var stroke = Gen.Select(Gen.Int[-2, 21], Gen.Int[0, 3], SafeTextTests.AnyText, Gen.Int[0, styles.Length - 1]);
        stroke.Array[1, 6].Array[1, 6].Sample(frames =>
        {
            var memory = new MemoryPort { Size = new Size(20, 4) };
            var output = new DiffOutput(memory, depth);
            var buffer = new OutputBufferImpl();
            buffer.SetSize(20, 4);
            var model = new ModelTerminal(20, 4);
            foreach (var frame in frames)
            {
                foreach (var (x, y, text, style) in frame)
                {
                    Put(buffer, x, y, text, styles[style]);
                }

                output.Write(buffer);
                model.Feed(memory.Take());
                AssertShows(buffer, model, depth);
            }
        });
    }

    private static void AssertShows(OutputBufferImpl buffer, ModelTerminal model, ColorDepth depth)
    {
        var pens = new Dictionary<Pen, string>();
        for (var row = 0; row < buffer.Rows; row++)
        {
            for (var column = 0; column < buffer.Cols; column++)
            {
                var cell = buffer.Contents![row, column];
                var width = CellText.GraphemeWidth(cell.Grapheme);
                var isAtEdge = CellText.IsWidthDisputed(cell.Grapheme) && column + CellText.MaxWidth(cell.Grapheme) > buffer.Cols;
                var standIn = width == 1 && cell.Grapheme[0] is > ' ' and <= '~' ? cell.Grapheme[..1] : " ";
                Assert.Equal(isAtEdge ? standIn : width == 2 && column + 1 == buffer.Cols ? " " : cell.Grapheme, model[row, column].Text);
                // One pen, one look: the model must not show two for the same.
                var pen = Pen.For(cell.Attribute!.Value, depth);
                pens.TryAdd(pen, model[row, column].Style);
                Assert.Equal(pens[pen], model[row, column].Style);
                if (width == 2 && column + 1 < buffer.Cols)
                {
                    Assert.Equal(isAtEdge ? " " : "", model[row, ++column].Text);
                }
            }
        }

        Assert.Equal(pens.Count, pens.Values.Distinct().Count());
    }

    private (DiffOutput Output, OutputBufferImpl Buffer) Make(
        ColorDepth depth = ColorDepth.True, Attribute? all = null, bool asciiOnly = false)
    {
        var buffer = new OutputBufferImpl();
        buffer.SetSize(20, 4);
        if (all is { } style)
        {
            new CellSurface(buffer, new Rectangle(0, 0, 20, 4)).Clear(style);
        }

        return (new DiffOutput(port, depth, asciiOnly), buffer);
    }

    private ModelTerminal Show(DiffOutput output, OutputBufferImpl buffer)
    {
        output.Write(buffer);
        var model = new ModelTerminal(20, 4);
        model.Feed(port.Take());
        return model;
    }

    private static void Put(OutputBufferImpl buffer, int x, int y, string text, Attribute style) =>
        new CellSurface(buffer, new Rectangle(0, 0, buffer.Cols, buffer.Rows)).Put(x, y, text, style);
}
