using OpsManager.Configuration.Files;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Themes;
using Terminal.Gui.Drawing;
using Xunit;

namespace OpsManager.Tests.Tui.Themes;

public sealed class ShippedThemeTests
{
    /// <summary>What a Linux console gives the sixteen names; xterm's values are those that the theme is read with.</summary>
    private static readonly int[] Console =
        [
            0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA, 0x555555, 0xFF5555, 0x55FF55, 0xFFFF55,
            0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF
        ];

    /// <summary>Roles that stand side by side and must not be taken for each other.</summary>
    private static readonly StyleRole[][] Neighbours =
    [
        [StyleRole.Running, StyleRole.Waiting, StyleRole.Failed, StyleRole.Stopped, StyleRole.Complete, StyleRole.Idle, StyleRole.Unknown],
        [StyleRole.Error, StyleRole.Warning, StyleRole.Info, StyleRole.Ok],
        [StyleRole.Bar, StyleRole.BarAlt, StyleRole.Problem],
        [StyleRole.Text, StyleRole.Selected, StyleRole.SelectedUnfocused],
        [StyleRole.Title, StyleRole.TitleFocused],
        [StyleRole.Header, StyleRole.HeaderAlert],
        [StyleRole.Text, StyleRole.Match],
        [StyleRole.Text, StyleRole.Muted],
        [StyleRole.Text, StyleRole.Group],
        [StyleRole.Text, StyleRole.Separator],
        [StyleRole.Key, StyleRole.KeyLabel],
    ];

    [Fact]
    public void Six_themes_are_shipped() =>
        Assert.Equal(["colour-blind", "dark", "high-contrast", "light", "mono", "sixteen"], ShippedFiles.Names("themes"));

    [Fact]
    public void Every_shipped_theme_names_every_role_and_itself()
    {
        foreach (var name in ShippedFiles.Names("themes"))
        {
            var text = File.ReadAllText(RepoRoot.Combine("themes", $"{name}.yaml"));
            Assert.Equal(name, ThemeCatalog.Shipped(name).Name);
            Assert.All(
                Enum.GetValues<StyleRole>(),
                role => Assert.Contains($"\n  {Kebab.From(role.ToString())}: {{", text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("dark", 4.5)]
    [InlineData("light", 4.5)]
    [InlineData("colour-blind", 4.5)]
    [InlineData("high-contrast", 7)]
    public void Text_stands_out_from_its_background(string name, double least)
    {
        var theme = Shipped(name);
        // Rules are decoration.
        Assert.Empty(TooFaint(theme, role => role == StyleRole.Rule ? 3 : least, static color => color));
    }

    [Fact]
    public void Sixteen_colours_stand_out_on_xterm_and_on_the_console()
    {
        var theme = Shipped("sixteen");

        Assert.Empty(TooFaint(theme, static _ => 4.5, static color => color));
        Assert.Empty(TooFaint(theme, static _ => 4.5, static color => OnConsole(color)));
        Assert.All(Enum.GetValues<StyleRole>(), role => Assert.NotEqual(theme[role].Foreground, theme[role].Background));
        Assert.All(Enum.GetValues<StyleRole>(), role => Assert.InRange(NamedColor.IndexOf(theme[role].Background) ?? -1, 0, 7));
    }

    [Theory]
    [InlineData("sixteen")]
    [InlineData("mono")]
    public void Where_colours_are_few_neighbours_differ_in_weight_line_or_reversal(string name)
    {
        var theme = Shipped(name);
        foreach (var group in Neighbours)
        {
            // A background of its own tells as reversal does.
            var looks = group.Select(
                role => (Role: role, Look: (theme[role].Style, theme[role].Background != theme[StyleRole.Text].Background)));
            var same = looks.GroupBy(static entry => entry.Look)
                .Where(static entry => entry.Count() > 1)
                .Select(static entry => string.Join(" = ", entry.Select(static role => role.Role)));
            Assert.Empty(same);
        }
    }

    [Fact]
    public void Without_colours_no_colour_is_asked_for()
    {
        var theme = Shipped("mono");
        Assert.All(
            Enum.GetValues<StyleRole>(), role => Assert.Equal((Color.None, Color.None), (theme[role].Foreground, theme[role].Background)));
    }

    [Fact]
    public void With_red_green_blindness_the_states_of_a_run_stay_apart()
    {
        var theme = Shipped("colour-blind");
        StyleRole[] states = [StyleRole.Failed, StyleRole.Complete, StyleRole.Waiting, StyleRole.Running];
        foreach (var eye in new[] { Colorimetry.Protanopia, Colorimetry.Deuteranopia })
        {
            foreach (var (one, other) in states.SelectMany(one => states.Where(other => one < other).Select(other => (one, other))))
            {
                var distance = Colorimetry.Distance(
                    Colorimetry.Seen(theme[one].Foreground, eye), Colorimetry.Seen(theme[other].Foreground, eye));
                Assert.True(distance >= 25, $"{one} and {other} are {distance:0} apart");
            }

            Assert.InRange(Colorimetry.Seen(
                theme[StyleRole.Complete].Foreground, eye).L - Colorimetry.Seen(theme[StyleRole.Failed].Foreground, eye).L, 20, 100);
        }
    }

    private static ScreenTheme Shipped(string name) => new(ThemeCatalog.Shipped(name));

    private static IEnumerable<string> TooFaint(ScreenTheme theme, Func<StyleRole, double> least, Func<Color, Color> shown) =>
        from role in Enum.GetValues<StyleRole>()
        let contrast = Colorimetry.Contrast(shown(theme[role].Foreground), shown(theme[role].Background))
        where contrast < least(role)
        select $"{theme.Source.Name}: {Kebab.From(role.ToString())} has {contrast:0.00}, needs {least(role)}";

    private static Color OnConsole(Color color) =>
        NamedColor.IndexOf(color) is { } index
            ? new Color(Console[index] >> 16, (Console[index] >> 8) & 255, Console[index] & 255)
            : color;
}
