using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>Enter goes in, Esc comes back one step, and nothing takes the focus from the list that was not asked to.</summary>
public sealed class InAndOutTests
{
    [Fact]
    public void Enter_goes_in_and_escape_comes_back_one_step_at_a_time_and_never_leaves()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("Enter");
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
        screen.Press("Enter");
        Assert.Equal(Overlay.Pager, screen.Model.Ui.Overlay);

        screen.Press("Esc");
        Assert.Equal((Overlay.None, PaneId.Timeline), (screen.Model.Ui.Overlay, screen.Model.Ui.Focus));
        screen.Press("Esc");
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);
        screen.Press("Esc", "Esc", "Esc");
        Assert.False(screen.HasQuit);
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);
    }

    [Fact]
    public void A_zoom_is_a_step_too()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press("Enter", "z");
        Assert.True(screen.Model.Ui.Zoomed);

        screen.Press("Esc");
        Assert.Equal((false, PaneId.Timeline), (screen.Model.Ui.Zoomed, screen.Model.Ui.Focus));
        screen.Press("Esc");
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);
    }

    [Fact]
    public void From_a_zoomed_list_one_comes_back_to_the_zoomed_list()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press("z", "Enter", "Esc");

        Assert.Equal((true, PaneId.Runs), (screen.Model.Ui.Zoomed, screen.Model.Ui.Focus));
        Assert.False(screen.Press("Esc").Model.Ui.Zoomed);
    }

    [Fact]
    public void From_where_an_alert_led_one_comes_back_to_the_alerts()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press("4", "Enter");
        Assert.NotEqual(PaneId.Alerts, screen.Model.Ui.Focus);

        Assert.Equal(PaneId.Alerts, screen.Press("Esc").Model.Ui.Focus);
        Assert.Equal(PaneId.Runs, screen.Press("Esc").Model.Ui.Focus);
    }

    [Fact]
    public void The_filter_of_the_timeline_goes_before_its_focus()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press("Enter", "/").Type("role").Press("Enter", "Esc");

        Assert.Equal(("", PaneId.Timeline), (screen.Model.Ui.Timeline.Filter, screen.Model.Ui.Focus));
        Assert.Equal(PaneId.Runs, screen.Press("Esc").Model.Ui.Focus);
    }

    [Fact]
    public void Tabs_turn_while_the_list_keeps_the_focus()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press("1", "g", "u");
        Assert.Equal((DetailTab.Usage, PaneId.Runs), (screen.Model.Ui.Detail.Tab, screen.Model.Ui.Focus));

        var before = screen.Model.Current!.Repo;
        Assert.NotEqual(before, screen.Press("j").Model.Current!.Repo);
        Assert.Equal(DetailTab.Usage, screen.Model.Ui.Detail.Tab);
        screen.Press("]", "[", "[");
        Assert.Equal((DetailTab.Iterations, PaneId.Runs), (screen.Model.Ui.Detail.Tab, screen.Model.Ui.Focus));
    }

    [Fact]
    public void Where_the_detail_is_not_shown_its_tab_opens_it_and_escape_comes_back()
    {
        using var screen = ScreenDriver.Rich(40, 12);

        screen.Press("1", "u").Expect("DETAIL (3)");
        Assert.Equal(PaneId.Runs, screen.Press("Esc").Model.Ui.Focus);
    }

    [Fact]
    public void The_header_says_how_deep_one_is()
    {
        using var screen = ScreenDriver.Rich(160, 45);
        screen.Select("tokens-and-logs/checkout-flow").ExpectNot(" > checkout-flow");

        screen.Press("Enter").Expect("2 repositories > tokens-and-logs > checkout-flow > timeline");
        Assert.Matches("> timeline > events.jsonl:[0-9]+", screen.Press("Enter").Text);
        screen.Press("Esc", "Esc").ExpectNot(" > checkout-flow");
    }

    [Fact]
    public void Where_the_header_has_no_room_the_first_steps_are_left_out()
    {
        using var screen = ScreenDriver.Rich(80, 24);

        screen.Select("tokens-and-logs/checkout-flow").Press("Enter").Expect("… > checkout-flow > timeline");
    }
}
