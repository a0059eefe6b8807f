using OpsManager.Core.Facts.Observations;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

public sealed class MainScreenTests
{
    private static readonly (string, double)[] Several =
        [
            ("role-fails", 8), ("approval-approved", 11.3), ("long-run", 40), ("cancelled", 7), ("completes", 20), ("log-truncated", 14.5),
            ("hostile-text", 13)
        ];

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 45)]
    [InlineData(120, 40)]
    [InlineData(40, 12)]
    public void Several_runs_at_every_size(int columns, int rows)
    {
        using var screen = ScreenDriver.At(columns, rows, ColorDepth.True, Several);

        Golden.Assert($"several-{columns}x{rows}", screen.Text);
    }

    [Fact]
    public void One_run_in_mono()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.None, ("rerun-after-complete", 15.9));

        Golden.Assert("one-80x24-mono", screen.Text);
    }

    [Fact]
    public void Tab_goes_round_and_a_zoomed_pane_has_the_whole_screen()
    {
        using var screen = ScreenDriver.At(100, 30, ColorDepth.True, ("completes", 20));

        screen.Press("Tab", "Tab");
        Assert.Equal(PaneId.Detail, screen.Model.Ui.Focus);
        screen.Press("z").Expect("DETAIL (3)").ExpectNot("RUNS (1)").Press("Tab").Expect("ALERTS (4)").Press("Esc").Expect("RUNS (1)");
        screen.Press("Shift+Tab", "Shift+Tab");
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
    }

    [Theory]
    [InlineData(29, 24)]
    [InlineData(80, 7)]
    [InlineData(1, 1)]
    public void Where_it_is_too_small_only_the_notice_stands_and_only_quit_works(int columns, int rows)
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20));

        screen.Resize(columns, rows).ExpectNot("RUNS").Press("Tab", "?", "j");
        Assert.Equal((PaneId.Runs, Overlay.None, false), (screen.Model.Ui.Focus, screen.Model.Ui.Overlay, screen.HasQuit));
        screen.Press("q");
        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void Esc_never_quits_and_an_unbound_key_does_nothing()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20));
        var before = screen.Press("Esc").Model.Ui;

        screen.Press("Esc", "Ctrl+X", "F7", "ö");

        Assert.False(screen.HasQuit);
        Assert.Equal(Unheld(before), Unheld(screen.Model.Ui));
    }

    [Fact]
    public void A_source_that_cannot_be_read_is_never_shown_as_empty_and_healthy()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True);

        screen.Take(
            new RepoOpened(DateTimeOffset.UnixEpoch, "/srv/app"),
            new SourceFailed(DateTimeOffset.UnixEpoch, "/srv/app", "the loops cannot be listed"));

        screen.Expect("the loops cannot be listed")
            .Expect("unreachable")
            .Expect("source_failed")
            .ExpectNot("nothing is wrong")
            .ExpectNot("healthy");
        screen.Press("4", "Enter").Expect("source_failed");
    }

    [Fact]
    public void Hostile_text_is_shown_as_stand_ins_in_every_pane()
    {
        using var screen = ScreenDriver.At(160, 45, ColorDepth.True, ("hostile-text", 13));

        foreach (var keys in new[] { "1", "2", "3", "4" })
        {
            screen.Press(keys, "z");
            Assert.DoesNotContain(
                screen.Text, static c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2066' or '\u200b' or '\ufeff');
            screen.Press("z");
        }
    }

    private static UiState Unheld(UiState ui) => ui with { Runs = ui.Runs with { Held = null } };
}
