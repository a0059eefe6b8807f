using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;
using Xunit;

namespace OpsManager.Tests.Configuration.Themes;

public sealed class ThemeReaderTests
{
    [Fact]
    public void A_role_that_is_not_named_looks_like_text_and_a_part_that_is_not_named_is_that_of_text()
    {
        var theme = ThemeReader.Read(
            "t.yaml", "name: t\nroles:\n  failed: { fg: \"#ff0000\", style: bold underline }\n  text: { fg: white, bg: \"#000010\" }\n");

        Assert.Equal(theme[StyleRole.Text], theme[StyleRole.Idle]);
        Assert.Equal(new ThemeColor(null, 0xFF0000), theme[StyleRole.Failed].Foreground);
        Assert.Equal(new ThemeColor(null, 0x000010), theme[StyleRole.Failed].Background);
        Assert.Equal(TextStyles.Bold | TextStyles.Underline, theme[StyleRole.Failed].Style);
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
}
