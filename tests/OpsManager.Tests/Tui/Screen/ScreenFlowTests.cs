using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.State;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Screen;

/// <summary>What an operator does, key by key, and what the screen answers.</summary>
public sealed class ScreenFlowTests
{
    private static ScreenDriver Rich(int columns = 140, int rows = 45) => ScreenDriver.At(columns, rows, ColorDepth.True, ("tokens-and-logs", 300), ("role-fails", 8));

    [Fact]
    public void A_filter_counts_while_it_is_typed_and_hides_what_does_not_match()
    {
        using var screen = Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("2", "/").Type("role:planner").Expect("/role:planner").Expect("4 of ");
        Assert.Equal("role:planner", screen.Model.Ui.Filter);

        screen.Press("Enter").Expect("4 of ").Expect("match").ExpectNot("tests_start");
        screen.Press("Esc").Expect("lines").Expect("tests_start");
    }

    [Fact]
    public void A_filter_that_is_left_is_the_one_before()
    {
        using var screen = Rich();
        screen.Press("2", "/").Type("iter:1").Press("Enter").Press("2", "/").Type("0 nonsense");
        Assert.Equal("iter:10 nonsense", screen.Model.Ui.Filter);

        screen.Press("Esc");

        Assert.Equal("iter:1", screen.Model.Ui.Filter);
    }

    [Fact]
    public void A_filter_that_cannot_be_understood_says_so_and_hides_nothing()
    {
        using var screen = Rich();

        screen.Select("tokens-and-logs/checkout-flow").Press("2", "/").Type("iter:x").Expect("iter").Expect("tests_start").Press("Enter");

        Assert.NotNull(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void Between_matches_the_rest_can_be_shown_and_n_goes_from_match_to_match()
    {
        using var screen = Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("2", "/").Type("event:gates_evaluated").Press("Enter", "c").Expect("gates_evaluated").Expect("tests_end");
        screen.Press("g", "n").Expect("gates_evaluated");
        var first = screen.Model.Ui.Timeline.Offset;
        screen.Press("n");

        Assert.True(screen.Model.Ui.Timeline.Offset > first);
        screen.Press("N");
        Assert.Equal(first, screen.Model.Ui.Timeline.Offset);
        screen.Press("N").Expect("no match before this line");
    }

    [Fact]
    public void Without_a_filter_the_keys_of_matches_say_why_they_do_nothing()
    {
        using var screen = Rich();

        screen.Press("n").Expect("there is no filter; / sets one").Press("j").ExpectNot("there is no filter");
    }

    [Fact]
    public void A_word_of_the_filter_is_completed_from_what_the_log_has()
    {
        using var screen = Rich();

        screen.Select("tokens-and-logs/checkout-flow").Press("2", "/").Type("ro").Press("Tab").Type("rev").Press("Tab");

        Assert.Equal("role:reviewer", screen.Model.Ui.Filter);
    }

    [Fact]
    public void Problems_are_gone_through_in_both_directions()
    {
        using var screen = ScreenDriver.At(140, 45, ColorDepth.True, ("delegation", 60));
        screen.Press("2", "g", "e");
        var first = screen.Model.Ui.Timeline;
        Assert.False(first.Follows);

        screen.Press("e");
        Assert.True(screen.Model.Ui.Timeline.Offset > first.Offset);
        screen.Press("E");
        Assert.Equal(first.Offset, screen.Model.Ui.Timeline.Offset);
        screen.Press("E").Expect("no problem before this line");
    }

    [Fact]
    public void A_paused_timeline_holds_still_and_says_how_far_behind_it_is()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("long-run", 20));
        screen.Expect("following").Press("Space").Expect("paused · 0 behind");
        var held = screen.Model.Ui.Timeline.Offset;

        screen.Advance("long-run", 24).Expect("paused").ExpectNot("paused · 0 behind");
        Assert.Equal(held, screen.Model.Ui.Timeline.Offset);
        screen.Press("Space").Expect("following");
    }

    [Fact]
    public void The_palette_finds_actions_runs_and_themes_and_does_them()
    {
        using var screen = Rich();
        screen.Press(":").Expect("PALETTE").Type("theme light").Press("Enter");
        Assert.Equal("light", screen.Model.Theme.Name);

        screen.Press(":").Type("tokens").Press("Enter").Expect("TIMELINE (2)  tokens-and-logs/checkout-flow");
        screen.Press(":").Type("usage").Press("Enter").Expect("CALLS");
        screen.Press(":").Type("zzz").Press("Enter").Expect("nothing is called \"zzz\"").Press("Esc");
        screen.Press(":").Type("quit").Press("Enter");
        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void The_palette_says_why_something_cannot_be_done_now()
    {
        using var screen = Rich();

        screen.Press(":").Type("next-match").Expect("not now: there is no filter");
    }

    [Fact]
    public void Choices_are_walked_and_completed_and_an_empty_line_is_left_by_deleting()
    {
        using var screen = Rich();
        screen.Press(":").Type("theme ").Press("Down", "Down", "Up", "Tab");
        Assert.StartsWith("theme ", screen.Model.Ui.Prompt!.Text, StringComparison.Ordinal);
        Assert.NotEqual("theme ", screen.Model.Ui.Prompt.Text);

        screen.Press("Ctrl+U", "Backspace").ExpectNot("PALETTE");
        Assert.Null(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void What_is_pasted_goes_into_a_line_or_nowhere()
    {
        using var screen = Rich();
        var before = screen.Model.Ui;
        Assert.Equal(before, screen.Paste("q:quit\r").Model.Ui);
        Assert.False(screen.HasQuit);

        screen.Press("2", "/").Paste("plan\e[31m\nner");
        Assert.StartsWith("plan", screen.Model.Ui.Filter, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', screen.Model.Ui.Filter);
    }

    [Fact]
    public void Every_tab_is_reached_by_walking_and_walking_goes_round()
    {
        using var screen = Rich();
        screen.Press("w");
        foreach (var tab in Enum.GetValues<DetailTab>())
        {
            Assert.Equal(tab, screen.Model.Ui.Tab);
            screen.Expect($"[{tab}]").Press("]");
        }

        Assert.Equal(DetailTab.Why, screen.Model.Ui.Tab);
        Assert.Equal(DetailTab.Files, screen.Press("h").Model.Ui.Tab);
    }

    [Fact]
    public void A_file_opens_in_the_pager_and_in_the_operators_own()
    {
        using var screen = Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("v", "Enter").Expect(".superloop/state.json").Expect("current_loop_id").Expect("lines");
        screen.Press("q").ExpectNot("current_loop_id");
        Assert.False(screen.HasQuit);

        screen.Press("j", "o").Expect("replayed run has no files");
        Assert.Null(screen.Paged);
    }

    [Fact]
    public void The_pager_says_that_another_one_searches()
    {
        using var screen = Rich();

        screen.Select("tokens-and-logs/checkout-flow").Press("2", "Enter", "/").Expect("the pager does not search; o opens the text in $PAGER");
        Assert.Null(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void In_a_live_repository_the_operators_pager_gets_the_file_and_the_line()
    {
        using var screen = ScreenDriver.Live(120, 40, "completes", 20);

        screen.Press("2", "g", "j", "o");

        Assert.Equal(("/srv/completes", ".superloop/loops/checkout-flow/events.jsonl", (int?)2), screen.Paged);
    }

    [Fact]
    public void An_event_is_shown_in_full_and_copied_as_it_stands_in_the_file()
    {
        using var screen = Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("2", "g", "Enter").Expect("\"event\": \"loop_start\"").Press("y").Expect("sent to the terminal's clipboard");

        Assert.StartsWith("{\"timestamp\":", screen.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_for_the_clipboard_is_kept_in_a_file_that_is_named()
    {
        using var screen = Rich();

        screen.Select("tokens-and-logs/checkout-flow").Press("v", "j", "j", "y").Expect("too long for the terminal's clipboard, kept in /kept/copied.txt");

        Assert.True(screen.Copied!.Length > 4000);
    }

    [Fact]
    public void From_each_pane_something_can_be_copied()
    {
        using var screen = Rich();
        screen.Select("role-fails/checkout-flow").Press("y");
        Assert.Equal("/srv/role-fails checkout-flow", screen.Copied);
        screen.Press("w", "y");
        Assert.Contains("failed", screen.Copied, StringComparison.Ordinal);
        screen.Press("4", "y");
        Assert.Contains("process_gone", screen.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_sorted_by_what_is_asked_and_the_cursor_stays_on_its_run()
    {
        using var screen = Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("s").Expect("runs by name").Expect("by name · 2 runs");
        Assert.Equal("/srv/tokens-and-logs", screen.Model.Ui.Selected!.Value.Repo);
        Assert.Equal(["/srv/role-fails", "/srv/tokens-and-logs"], screen.Model.Runs.Select(static loop => loop.Repo));

        screen.Press("s", "s", "s");
        Assert.Equal(RunSort.Urgency, screen.Model.Ui.Sort);
    }

    [Fact]
    public void No_run_moves_in_the_list_while_the_operator_moves_in_it()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("long-run", 20));
        screen.Press("j").Add("role-fails", 8);
        Assert.Equal("/srv/role-fails", screen.Model.Runs[^1].Repo);

        screen.Wait(4);
        Assert.Equal("/srv/role-fails", screen.Model.Runs[0].Repo);
    }

    [Fact]
    public void Loops_of_one_repository_stand_under_its_name()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("two-loops", 60), ("completes", 20));

        screen.Expect("two-loops · 2 loops").Expect("completes/checkout-flow").Press("j", "j", "j").Press("k");
        Assert.NotNull(screen.Model.Current);
    }

    [Fact]
    public void A_transient_word_goes_by_itself()
    {
        using var screen = Rich();

        screen.Press("s").Expect("runs by name").Wait(7).ExpectNot("runs by name");
    }

    [Fact]
    public void Keys_pressed_one_after_the_other_are_shown_until_they_are_complete()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, "vim", ("long-run", 60));

        screen.Press("2", "g").Expect("g …").Press("g").ExpectNot("g …").Expect("loop_start");
        screen.Press("g", "x").ExpectNot("g …");
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
        screen.Press("Z", "Z");
        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void Times_are_of_day_with_the_date_or_ages()
    {
        using var screen = ScreenDriver.At(160, 40, ColorDepth.True, ("completes", 20));

        screen.Press("2", "z").Expect(" 19:19:").Press("t").Expect(" 2026-11-22 19:19:").Press("t").Expect("\n -").Press("t").Expect(" 19:19:");
    }

    [Fact]
    public void Long_lines_are_scrolled_and_scrolled_back()
    {
        using var screen = ScreenDriver.At(100, 30, ColorDepth.True, ("completes", 20));
        screen.Press("2", "z");
        var before = screen.Text;

        Assert.NotEqual(before, screen.Press("l").Text);
        Assert.Equal(before, screen.Press("h").Text);
    }

    [Fact]
    public void Suspending_and_redrawing_work_from_a_typed_line_too()
    {
        using var screen = Rich();

        screen.Press("/", "Ctrl+Z", "Ctrl+L", "Esc", "Ctrl+Z");

        Assert.Equal((2, 1), (screen.Suspended, screen.Painted));
    }

    [Fact]
    public void An_alert_without_a_line_leads_to_the_reasons()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("torn-stays", 600));
        screen.Press("u", "4");
        string Code() => screen.Model.Alerts[Cursor.Alert(screen.Model)].Finding.Code;
        for (var i = 1; i < screen.Model.Alerts.Count && Code() != "torn_artifact"; i++)
        {
            screen.Press("j");
        }

        Assert.Equal("torn_artifact", Code());
        screen.Press("Enter").Expect("[Why]");
        Assert.Equal((PaneId.Detail, DetailTab.Why), (screen.Model.Ui.Focus, screen.Model.Ui.Tab));
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

    [Fact]
    public void What_is_asked_for_in_the_alerts_is_for_the_run_of_the_alert()
    {
        using var screen = Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("4", "g");
        var alert = screen.Model.Alerts[0];
        Assert.NotEqual("/srv/tokens-and-logs", alert.Repo.Path);

        screen.Press("x");

        Assert.Equal((alert.Repo.Path, alert.Loop!.Id), (screen.Model.Ui.Confirm!.Run.Repo, screen.Model.Ui.Confirm.Run.Loop));
    }
}
