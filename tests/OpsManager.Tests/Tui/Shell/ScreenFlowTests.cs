using OpsManager.Configuration.Keymaps;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>What an operator does, key by key, and what the screen answers.</summary>
public sealed class ScreenFlowTests
{
    [Fact]
    public void What_is_too_long_for_the_clipboard_is_kept_in_a_file_that_is_named()
    {
        using var screen = ScreenDriver.Rich();

        screen.Select("tokens-and-logs/checkout-flow")
            .Press("v", "3", "j", "j", "y")
            .Expect("too long for the terminal's clipboard, saved in /kept/copied.txt");

        Assert.True(screen.Copied!.Length > 4000);
    }

    [Fact]
    public void From_each_pane_something_can_be_copied()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("role-fails/checkout-flow").Press("y");
        Assert.Equal("/srv/role-fails checkout-flow", screen.Copied);
        screen.Press("w", "3", "y");
        Assert.Contains("failed", screen.Copied, StringComparison.Ordinal);
        screen.Press("4", "y");
        Assert.Contains("process_gone", screen.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transient_word_goes_by_itself()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press("s").Expect("runs sorted by name").Wait(7).ExpectNot("runs sorted by name");
    }

    [Fact]
    public void Keys_pressed_one_after_the_other_are_shown_until_they_are_complete()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, "vim", ("long-run", 60));

        screen.Press("2", "g").Expect("g …").Press("g").ExpectNot("g …").Expect("loop started");
        screen.Press("g", "x").ExpectNot("g …");
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
        screen.Press("Z", "Z");
        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void A_screen_without_any_run_answers_every_key()
    {
        using var screen = ScreenDriver.At(100, 30, ColorDepth.True);

        foreach (var binding in Bindings.All.Where(static binding => binding.Action != ActionId.Quit))
        {
            screen.Ask(binding.Action);
        }

        screen.Press("Esc", "Esc", "Esc").Expect("not read yet");
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 12)]
    [InlineData(30, 8)]
    [InlineData(200, 60)]
    public void Every_action_in_every_pane_at_every_size_leaves_a_screen(int columns, int rows)
    {
        using var screen = ScreenDriver.At(columns, rows, ColorDepth.True, ("tokens-and-logs", 300), ("hostile-text", 13));
        foreach (var pane in new[] { "1", "2", "3", "4" })
        {
            foreach (var binding in Bindings.All.Where(static binding => binding.Action is not (ActionId.Quit or ActionId.NextTheme)))
            {
                screen.Press("Esc", "Esc", "Esc", pane).Ask(binding.Action);
                Assert.NotEmpty(screen.Text.Trim());
            }
        }
    }
}
