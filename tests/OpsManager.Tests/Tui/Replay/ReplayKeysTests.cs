using OpsManager.Configuration.Keymaps;
using OpsManager.Contract;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>What keys and words do in a replay, and that they do nothing in a live session.</summary>
public sealed class ReplayKeysTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 32)]
    [InlineData(160, 45)]
    public void From_the_bottom_line_alone_one_finds_the_failure_its_reason_the_moment_before_and_a_file(int columns, int rows)
    {
        using var screen = new ReplayScreen(columns, rows, "sigkilled");

        screen.Expect(" Space play  . , step  } problem ").Expect(" w why ").Expect(" v files ").Expect(" : find ")
            .Expect(" q quit");
        while (screen.Model.Current?.Verdict.Lifecycle != Lifecycle.Failed)
        {
            screen.Press("}");
        }

        screen.Expect("1 failed").Press("w").Expect("Why").Expect("! failed");
        var failed = screen.State.Change;
        screen.Press(",");
        Assert.Equal(failed - 1, screen.State.Change);
        screen.Expect(" v files ").Press("v").Expect("state.json").Expect(" 3 go in ").Press("3")
            .Expect(" Enter open ").Press("Enter").Expect("\"active\": true");
        screen.Expect(" Esc back").Press("q");
        Assert.False(screen.HasQuit);
        screen.Expect(" q quit").Press("q");
        Assert.True(screen.HasQuit);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public void Home_and_end_go_to_start_and_end_from_each_pane_and_letters_go_on_moving_in_it(string pane)
    {
        using var screen = new ReplayScreen(110, 34, "two-loops");

        screen.Press(pane, "End");
        Assert.Equal(screen.State.Length, screen.State.At);
        screen.Press("g", "G");
        Assert.Equal(screen.State.Length, screen.State.At);
        screen.Press("Home");
        Assert.Equal(TimeSpan.Zero, screen.State.At);
    }

    [Fact]
    public void In_a_text_that_is_open_home_and_end_move_in_it()
    {
        using var screen = new ReplayScreen(110, 20, "approval-approved");
        screen.Press("End", "v", "3", "j", "Enter", "End");
        Assert.NotEqual(0, screen.Model.Ui.Pager!.Text.Top.Offset);

        screen.Press("Home");
        Assert.Equal((0, screen.State.Length), (screen.Model.Ui.Pager!.Text.Top.Offset, screen.State.At));
    }

    [Fact]
    public void Jumps_go_to_iterations_and_problems_and_back()
    {
        using var screen = new ReplayScreen(110, 34, "approval-rejected");

        screen.Press(")");
        var first = screen.State.At;
        screen.Press(")");
        Assert.True(screen.State.At > first);
        screen.Press("(");
        Assert.Equal(first, screen.State.At);
        screen.Press("}");
        var problem = screen.State.At;
        screen.Press("}", "{");
        Assert.Equal(problem, screen.State.At);
    }

    [Fact]
    public void What_moves_the_recording_chooses_no_run_and_holds_no_order()
    {
        using var screen = new ReplayScreen(110, 34, "two-loops");

        screen.Press(".", "}", "End", ">");
        Assert.Equal((null, null), (screen.Model.Ui.Runs.Selected, screen.Model.Ui.Runs.Held));

        screen.Press("j", "j");
        var chosen = screen.Model.Ui.Runs.Selected;
        screen.Press(",", ",", ",");
        Assert.NotNull(chosen);
        Assert.Equal(chosen, screen.Model.Ui.Runs.Selected);
    }

    [Fact]
    public void Every_action_is_offered_or_says_why_not_and_leaves_a_screen()
    {
        using var screen = new ReplayScreen(80, 24, "approval-approved");
        foreach (var moment in new[] { "Home", "}", "End" })
        {
            screen.Press(moment);
            foreach (var binding in Bindings.All.Where(static one => one.Action is not (ActionId.Quit or ActionId.NextTheme)))
            {
                screen.Send(new Asked(binding.Action)).Pass(0.001).Expect("REPLAY");
            }

            screen.Press("Esc", "Esc", "Esc", "Esc");
        }
    }

    [Fact]
    public void What_needs_a_live_run_says_why_it_does_nothing()
    {
        using var screen = new ReplayScreen(110, 34, "approval-approved");
        screen.Press("End");

        screen.Press("o").Expect("a replayed run has no files on disk; Enter shows the text here");
        screen.Press("W").Expect("a recording has nothing to wake");
        screen.Press("R").Expect("nothing can be sent in a replay");
        screen.Press("A").Expect("nothing can be sent in a replay");
        screen.Press(":").Type("stage assisted").Expect("nothing can be sent in a replay");
    }

    [Fact]
    public void Snapshot_only_mode_works_as_on_a_live_run()
    {
        using var screen = new ReplayScreen(110, 34, "approval-approved");

        screen.Press("End", "P").Expect(" snapshot-only ");
        Assert.True(screen.Model.Fleet.SnapshotOnly);
        screen.Press("P");
        Assert.False(screen.Model.Fleet.SnapshotOnly);
    }

    [Fact]
    public void In_a_live_session_the_keys_say_that_they_are_for_a_replay_and_are_not_offered()
    {
        using var screen = ScreenDriver.At(160, 45, ColorDepth.True, ("completes", 20));
        screen.ExpectNot("Space play ").ExpectNot(". ,");

        foreach (var key in new[] { ".", ",", ">", "<", "}", "{", ")", "(" })
        {
            screen.Press(key).Expect("only in a replay").Press("Esc").ExpectNot("only in a replay");
        }

        screen.Press("2", "Home");
        Assert.False(screen.Model.Ui.Timeline.Position.Follows);
        screen.Press("End");
        Assert.True(screen.Model.Ui.Timeline.Position.Follows);
        screen.Press("Space").Expect("paused · ").Press(":").Type("at 5m").Expect("unavailable: only in a replay");
        Assert.DoesNotContain("REPLAY", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tab_of_the_detail_stays_while_the_recording_moves()
    {
        using var screen = new ReplayScreen(110, 34, "approval-rejected");

        screen.Press("End", "u", "}", "Home", "End");

        Assert.Equal(DetailTab.Usage, screen.Model.Ui.Detail.Tab);
    }

    [Fact]
    public void A_tour_goes_on_by_itself_until_somebody_reads()
    {
        using var tour = ReplayScreen.Tour(110, 34, "role-fails", "two-loops");
        tour.Pass(60);
        Assert.Equal((1, true), (tour.State.Index, tour.State.IsTour));

        tour.Press("w").Pass(600);

        Assert.Equal((1, false, tour.State.Length), (tour.State.Index, tour.State.IsTour, tour.State.At));
    }

    [Fact]
    public void The_help_lists_the_keys()
    {
        using var screen = new ReplayScreen(120, 120, "approval-rejected");

        screen.Press("?").Expect(".                     Replay: go one recorded change forward")
            .Expect("Home                  Replay: go to the start of the recording, from any pane");
    }
}
