using OpsManager.Configuration.Themes;
using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Xunit;

namespace OpsManager.Tests.Tui.Themes;

public sealed class ScreenThemeTests
{
    [Theory]
    [InlineData(ColorDepth.Sixteen)]
    [InlineData(ColorDepth.TwoFiftySix)]
    [InlineData(ColorDepth.True)]
    public void A_named_colour_is_sent_by_its_number_at_every_depth(ColorDepth depth)
    {
        for (var index = 0; index < 16; index++)
        {
            var theme = Read($"{{ fg: {ColorNames.All[index]}, bg: {ColorNames.All[15 - index]} }}");
            var port = new MemoryPort();
            var output = new DiffOutput(port, depth);
            var buffer = new OutputBufferImpl();
            buffer.SetSize(4, 1);
            buffer.CurrentAttribute = theme[StyleRole.Text];
            buffer.Move(0, 0);
            buffer.AddStr("x");
            output.Write(buffer);

            static int Sgr(int color, int ground) => color < 8 ? ground + color : ground + 52 + color;
            Assert.Contains($"\e[{Sgr(index, 30)};{Sgr(15 - index, 40)}mx", port.Take(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_colours_a_named_colour_is_not_sent_either()
    {
        var pen = Pen.For(new(NamedColor.Parse("red")!.Value, NamedColor.Parse("black")!.Value), ColorDepth.None);
        Assert.Equal(Pen.Plain, pen);
    }

    [Fact]
    public void A_theme_looks_on_the_screen_as_its_file_says()
    {
        var theme = Read("{ fg: \"#ff0010\", bg: none, style: bold faint italic underline reverse }");

        var text = theme[StyleRole.Text];
        Assert.Equal((new Color(255, 0, 16), Color.None), (text.Foreground, text.Background));
        Assert.Equal(TextStyle.Bold | TextStyle.Faint | TextStyle.Italic | TextStyle.Underline | TextStyle.Reverse, text.Style);
    }

    private static ScreenTheme Read(string text) => new(ThemeReader.Read("t.yaml", $"name: t\nroles:\n  text: {text}\n"));
}
