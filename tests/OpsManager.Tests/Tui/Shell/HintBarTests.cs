using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>The bottom line: only what works now, the most useful for what is selected first.</summary>
public sealed class HintBarTests
{
    [Fact]
    public void A_run_that_waits_offers_the_decision_right_behind_opening_it()
    {
        using var screen = ScreenDriver.Live(120, 30, "approval-approved", 11.3);

        Assert.Matches(@"^ Enter open .*a approve  r reject .*\? help  q quit", Hints(screen));
    }

    [Fact]
    public void A_run_at_work_offers_to_cancel_it_and_one_that_has_failed_to_copy_its_command()
    {
        using var running = ScreenDriver.Live(120, 30, "completes", 3);
        Assert.Matches(@"^ Enter open .*x cancel ", Hints(running));

        using var failed = ScreenDriver.Live(120, 30, "role-fails", 8);
        Assert.Matches("y copy command ", Hints(failed));
        Assert.DoesNotContain("x cancel", Hints(failed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sprite_that_sleeps_offers_to_wake_it_before_anything_else()
    {
        using var screen = ScreenDriver.At(100, 30, ColorDepth.None).Send(new ClockTicked(WatchedRepo.Start))
            .Send(new SpritesChanged(SpriteStyle.None.Add("/srv/billing", new("billing", new([]), null, false))));
        screen.Take(new SpriteSeen(
            WatchedRepo.Start, "/srv/billing",
            new SpriteState { Name = "billing", AsleepSince = WatchedRepo.Start, PowerState = PowerState.Cold }));

        Assert.Matches("^ W wake ", Hints(screen));
    }

    [Fact]
    public void A_message_that_is_too_long_keeps_its_end_where_that_is_a_file_and_can_be_read_again()
    {
        using var screen = ScreenDriver.Live(80, 24, "completes", 3);
        var path = $"/srv/{new string('x', 60)}/the-report.html";

        screen.Send(new ToastRequested($"the report is in {path}")).Expect("the report is in /srv/").Expect("/the-report.html  :messages");
        screen.Press(":").Type("messages").Press("Enter").Expect("MESSAGES").Expect("the report is in").Expect("the-report.html");
        screen.Press("Esc").ExpectNot("MESSAGES");
    }

    [Theory]
    [InlineData(30)]
    [InlineData(44)]
    [InlineData(80)]
    public void Help_and_the_way_out_never_fall_off(int columns)
    {
        using var screen = ScreenDriver.Live(columns, 24, "approval-approved", 11.3);
        foreach (var pane in new[] { "1", "2", "3", "4" })
        {
            screen.Press(pane);

            Assert.EndsWith("? help  q quit", Hints(screen).TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_key_of_the_line_does_something_when_it_is_pressed()
    {
        foreach (var (tape, seconds) in new[] { ("approval-approved", 11.3), ("completes", 3), ("role-fails", 8) })
        {
            foreach (var pane in new[] { "1", "2", "3", "4" })
            {
                using var screen = ScreenDriver.Live(160, 45, tape, seconds);
                screen.Press(pane);
                foreach (var binding in Bindings.All.Where(static one => (one.Hint & HintPlace.Panes) != 0))
                {
                    var key = screen.Model.Keymap.KeysOf(binding.Action) is [var first, ..] ? first : "";
                    if (Hints(screen).Contains($" {key} {PaneHints.Label(screen.Model, binding)} ", StringComparison.Ordinal))
                    {
                        Assert.Null(Availability.WhyNot(screen.Model, binding.Action));
                    }
                }
            }
        }
    }

    private static string Hints(ScreenDriver screen) => screen.Text.Split('\n').Last(static line => line.Length > 0);
}
