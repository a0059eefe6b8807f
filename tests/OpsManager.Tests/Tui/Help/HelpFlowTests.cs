using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Help;

/// <summary>The help and the way out of it.</summary>
public sealed class HelpFlowTests
{
    [Fact]
    public void Help_lists_every_binding_with_its_keys()
    {
        using var screen = ScreenDriver.At(100, 40, ColorDepth.True, ("completes", 20));

        screen.Press("?");

        Golden.Assert("help-100x40", screen.Text);
        screen.Press("Esc").ExpectNot("HELP").Expect("RUNS (1)");
    }

    [Theory]
    [InlineData("q")]
    [InlineData("Ctrl+C")]
    [InlineData("Ctrl+Q")]
    public void Leaving_keys_close_the_help_first_and_then_leave_from_any_pane(string key)
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20));

        screen.Press("2", "z", "?", key).ExpectNot("HELP");
        Assert.False(screen.HasQuit);

        screen.Press(key);
        Assert.True(screen.HasQuit);
    }
}
