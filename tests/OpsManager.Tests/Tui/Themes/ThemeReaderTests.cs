using OpsManager.Tests.Tui.Terminal;
using OpsManager.Tui.Settings;
using OpsManager.Tui.Terminal;
using OpsManager.Tui.Themes;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Xunit;

namespace OpsManager.Tests.Tui.Themes;

public sealed class ThemeReaderTests
{
    [Fact]
    public void A_role_that_is_not_named_looks_like_text_and_a_part_that_is_not_named_is_that_of_text()
    {
        var theme = ThemeReader.Read("t.yaml", "name: t\nroles:\n  failed: { fg: \"#ff0000\", style: bold underline }\n  text: { fg: white, bg: \"#000010\" }\n");

        Assert.Equal(theme[StyleRole.Text], theme[StyleRole.Idle]);
        Assert.Equal(new Color(255, 0, 0), theme[StyleRole.Failed].Foreground);
        Assert.Equal(new Color(0, 0, 16), theme[StyleRole.Failed].Background);
        Assert.Equal(TextStyle.Bold | TextStyle.Underline, theme[StyleRole.Failed].Style);
    }

    [Theory]
    [InlineData("name: t\nroles:\n  failed: {}\n", 3, "the role \"text\" is missing")]
    [InlineData("name: t\nroles:\n  text: {}\n  faild: {}\n", 4, "there is no role \"faild\"; did you mean \"failed\"?")]
    [InlineData("name: t\nroles:\n  text: {}\n  xyzzyplugh: {}\n", 4, "roles are text, muted")]
    [InlineData("name: t\nroles:\n  text: { fg: pink }\n", 3, "\"pink\" is no colour")]
    [InlineData("name: t\nroles:\n  text: { fg: \"#12345\" }\n", 3, "\"#12345\" is no colour")]
    [InlineData("name: t\nroles:\n  text:\n    fg: #123456\n", 4, "in quotes")]
    [InlineData("name: t\nroles:\n  text: { style: blink }\n", 3, "\"blink\" is no style")]
    [InlineData("name: t\nroles:\n  text: { colour: red }\n", 3, "\"colour\" is none of fg, bg, style")]
    [InlineData("name: t\nroles:\n  text: red\n", 3, "a role must be a mapping")]
    [InlineData("name: t\nroles:\n  text: {}\n  text: {}\n", 4, "uplicate key")]
    [InlineData("name: t\nrules:\n  text: {}\n", 2, "did you mean \"roles\"?")]
    public void A_fault_names_file_line_and_what_to_do(string text, int line, string said)
    {
        var error = Assert.Throws<SettingsException>(() => ThemeReader.Read("t.yaml", text));
        Assert.StartsWith($"t.yaml, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorDepth.Sixteen)]
    [InlineData(ColorDepth.TwoFiftySix)]
    [InlineData(ColorDepth.True)]
    public void A_named_colour_is_sent_by_its_number_at_every_depth(ColorDepth depth)
    {
        for (var index = 0; index < 16; index++)
        {
            var theme = ThemeReader.Read("t.yaml", $"name: t\nroles:\n  text: {{ fg: {NamedColor.Names[index]}, bg: {NamedColor.Names[15 - index]} }}\n");
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
        var pen = Pen.For(new(NamedColor.Of("red")!.Value, NamedColor.Of("black")!.Value), ColorDepth.None);
        Assert.Equal(Pen.Plain, pen);
    }
}
