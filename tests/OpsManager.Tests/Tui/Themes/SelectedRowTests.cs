using OpsManager.Configuration.Files;
using OpsManager.Configuration.Themes;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Themes;
using Terminal.Gui.Drawing;
using Xunit;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tests.Tui.Themes;

/// <summary>What calls keeps its colour in a row that is chosen, and can be read there.</summary>
public sealed class SelectedRowTests
{
    private static readonly StyleRole[] Calling =
        [StyleRole.Failed, StyleRole.Waiting, StyleRole.Running, StyleRole.Error, StyleRole.Warning, StyleRole.Unknown];

    public static TheoryData<string> Themes() => [.. ShippedFiles.Names("themes")];

    [Theory]
    [MemberData(nameof(Themes))]
    public void A_word_that_calls_is_told_from_the_rest_of_the_row(string name)
    {
        var theme = new ScreenTheme(ThemeCatalog.Shipped(name));

        Assert.All(Calling, role => Assert.NotEqual(theme[StyleRole.Selected], theme.On(role, StyleRole.Selected)));
        Assert.Equal(theme[StyleRole.Selected], theme.On(StyleRole.Text, StyleRole.Selected));
        Assert.Equal(theme[StyleRole.Selected], theme.On(StyleRole.Muted, StyleRole.Selected));
    }

    [Theory]
    [InlineData("dark", 4.4)]
    [InlineData("light", 4.4)]
    [InlineData("colour-blind", 4.1)]
    [InlineData("high-contrast", 4.5)]
    [InlineData("sixteen", 3)]
    public void It_stands_out_from_the_background_of_the_row(string name, double least)
    {
        var theme = new ScreenTheme(ThemeCatalog.Shipped(name));
        foreach (var highlight in new[] { StyleRole.Selected, StyleRole.SelectedUnfocused })
        {
            Assert.All(Calling, role => Assert.InRange(Contrast(theme.On(role, highlight)), least, 21));
        }

        static double Contrast(Attribute style) => Colorimetry.Contrast(style.Foreground, style.Background);
    }

    [Fact]
    public void Without_colours_a_failure_stands_out_in_a_reversed_row()
    {
        var theme = new ScreenTheme(ThemeCatalog.Shipped("mono"));

        Assert.Equal(TextStyle.Reverse | TextStyle.Bold | TextStyle.Underline, theme.On(StyleRole.Failed, StyleRole.Selected).Style);
        Assert.Equal(TextStyle.Reverse | TextStyle.Underline, theme.On(StyleRole.Waiting, StyleRole.Selected).Style);
    }

    [Fact]
    public void A_name_with_a_line_in_it_has_no_line_under_it()
    {
        // Of six letters and two lines, none is drawn with a line under it.
        using var screen = ScreenDriver.At(80, 24, ColorDepth.None, ("role-fails", 8), ("log-truncated", 14.5));

        screen.Press("4", "1");

        Assert.DoesNotContain("underline", StylesOf(screen.Styled, "process_gone"), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The legend of the styles that the cells of a text have.</summary>
    private static string StylesOf(string styled, string text)
    {
        var lines = styled.Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        Assert.True(row >= 0, styled);
        // The styles of a row stand as many lines below it as the screen has rows, and one blank line.
        var letters = lines[row + 25].Substring(lines[row].IndexOf(text, StringComparison.Ordinal), text.Length);
        var legend = lines.Where(line => letters.Distinct().Any(letter => line.StartsWith($"{letter} ", StringComparison.Ordinal)));
        return string.Join('\n', legend);
    }
}
