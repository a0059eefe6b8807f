using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Colour;

public sealed class ColorDepthRuleTests
{
    [Theory]
    [InlineData("none", ColorDepth.None)]
    [InlineData("16", ColorDepth.Sixteen)]
    [InlineData("256", ColorDepth.TwoFiftySix)]
    [InlineData("TRUE", ColorDepth.True)]
    public void The_flag_decides_before_everything_else(string flag, ColorDepth expected) =>
        Assert.Equal(expected, Decide(flag, ("NO_COLOR", "1"), ("COLORTERM", "truecolor"), ("TERM", "vt100")));

    [Theory]
    [InlineData(null)]
    [InlineData("auto")]
    public void Without_a_flag_a_non_empty_NO_COLOR_means_none(string? flag) =>
        Assert.Equal(ColorDepth.None, Decide(flag, ("NO_COLOR", "0"), ("COLORTERM", "truecolor"), ("TERM", "xterm-256color")));

    [Fact]
    public void An_empty_NO_COLOR_means_nothing() =>
        Assert.Equal(ColorDepth.True, Decide(null, ("NO_COLOR", ""), ("COLORTERM", "24bit"), ("TERM", "xterm")));

    [Theory]
    [InlineData("xterm-256color", ColorDepth.TwoFiftySix)]
    [InlineData("tmux-256color", ColorDepth.TwoFiftySix)]
    [InlineData("xterm", ColorDepth.Sixteen)]
    [InlineData("linux", ColorDepth.Sixteen)]
    [InlineData("screen", ColorDepth.Sixteen)]
    [InlineData("xterm-direct", ColorDepth.True)]
    [InlineData("xterm-kitty", ColorDepth.True)]
    [InlineData("vt100", ColorDepth.None)]
    [InlineData("dumb", ColorDepth.None)]
    [InlineData(null, ColorDepth.None)]
    public void TERM_decides_last(string? terminal, ColorDepth expected) => Assert.Equal(expected, Decide(null, ("TERM", terminal)));

    [Fact]
    public void An_unknown_flag_is_refused_with_the_ones_that_are_known() =>
        Assert.Contains(
            "auto, none, 16, 256, true", Assert.Throws<ArgumentException>(() => Decide("many")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("de_DE.UTF-8", false)]
    [InlineData("en_US.utf8", false)]
    [InlineData("C", true)]
    [InlineData("POSIX", true)]
    [InlineData(null, false)]
    public void A_locale_that_is_not_utf_8_asks_for_ascii(string? locale, bool ascii) =>
        Assert.Equal(ascii, TerminalOptions.From(name => name == "LANG" ? locale : null).Ascii);

    [Fact]
    public void The_stronger_locale_variable_wins() =>
        Assert.True(TerminalOptions.From(name => name switch { "LC_ALL" => "C", "LANG" => "en_US.UTF-8", _ => null }).Ascii);

    [Fact]
    public void The_fallback_can_be_forced_from_the_environment()
    {
        Assert.True(TerminalOptions.From(name => name == "OPS_MANAGER_TERMINAL" ? "library" : null).ForceLibrary);
        Assert.False(TerminalOptions.From(_ => null).ForceLibrary);
    }

    private static ColorDepth Decide(string? flag, params (string Name, string? Value)[] variables) =>
        ColorDepthRule.Decide(variables.ToDictionary(variable => variable.Name, variable => variable.Value), flag);

    [Fact]
    public void The_wait_after_escape_is_decided_from_the_environment_too() =>
        Assert.Equal(TimeSpan.FromMilliseconds(25), TerminalOptions.From(static name => name == "ESCDELAY" ? "25" : null).EscapeWait);
}
