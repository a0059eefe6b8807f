using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>
/// Every source is a row from the first frame, and nothing is said to be well that was not read (docs/screen.md, "Sources").
/// </summary>
public sealed class SourceScreenTests
{
    private static readonly DateTimeOffset Now = WatchedRepo.Start;

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public void In_the_first_frame_every_sprite_is_a_row_that_is_not_read_yet(int columns, int rows)
    {
        using var screen = Fleet(columns, rows);

        foreach (var name in new[] { "billing", "pair", "search" })
        {
            Assert.Matches($"~ {name} +not read yet", screen.Text);
        }

        screen.Expect("3 not read yet").ExpectNot("healthy").ExpectNot("no loops yet").ExpectNot("nothing is wrong");
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public void A_fleet_that_cannot_be_read_looks_as_it_did(int columns, int rows)
    {
        using var screen = Fleet(columns, rows);
        screen.Take(Seen("pair", new SpriteState
        {
            Name = "pair",
            Fault = "connection refused (127.0.0.1:18799)",
            FaultSince = Now - TimeSpan.FromMinutes(9)
        }));
        screen.Take(
            Seen(
                "billing", new SpriteState { Name = "billing", AsleepSince = Now - TimeSpan.FromHours(2), PowerState = PowerState.Cold }));

        Assert.Matches("! pair +unreachable +9m", screen.Text);
        Assert.Matches("~ billing +asleep +2h", screen.Text);
        screen.Expect("W retries now · connect").Expect("W wakes it · never read").Expect("~ search");
        screen.Expect("1 unreachable").ExpectNot("healthy").ExpectNot("nothing is wrong").ExpectNot("no loops yet");
        Golden.Assert($"sources-{columns}x{rows}", screen.Styled);
    }

    [Fact]
    public void A_sleeping_sprite_that_was_never_read_is_chosen_and_woken()
    {
        using var screen = Fleet(120, 40);
        screen.Take(Seen("billing", new SpriteState { Name = "billing", AsleepSince = Now, PowerState = PowerState.Warm }));
        screen.Press("1", "G").Expect("it is not read, so the state of its runs is unknown");

        screen.Press("a").Expect("billing is asleep; W wakes it");
        screen.Press("W");

        Assert.Equal("/srv/billing", screen.Woken);
    }

    [Fact]
    public void A_source_that_is_chosen_gives_way_to_its_first_run_when_it_is_read()
    {
        using var screen = Fleet(120, 40);
        screen.Take(Seen("billing", new SpriteState { Name = "billing", AsleepSince = Now, PowerState = PowerState.Warm }));
        screen.Press("1", "G");
        Assert.Equal(new LoopKey("/srv/billing", ""), screen.Model.Chosen);

        screen.Take(
            Seen("billing", new SpriteState { Name = "billing", ConnectionMode = ConnectionMode.Service, By = "service", GoodAt = Now }),
            new LoopAppeared(Now, "/srv/billing", Loop));

        Assert.Equal(new LoopKey("/srv/billing", Loop), screen.Model.Chosen);
    }

    [Fact]
    public void A_repository_of_this_host_that_cannot_be_read_is_a_row_with_its_error()
    {
        using var screen = Repositories("/srv/api", "/srv/web");
        Assert.Matches("~ api +not read yet", screen.Text);

        screen.Take(
            new RepoOpened(Now, "/srv/api"), new SourceFailed(Now, "/srv/api", ".superloop/loops cannot be read: Permission denied"));

        Assert.Matches("! api +unreachable", screen.Text);
        screen.Expect(".superloop/loops cannot be read").Expect("1 unreachable").Expect("source_failed");
        screen.Press("1", "W").Expect("it is read again automatically");
    }

    [Fact]
    public void Enter_on_the_alert_of_a_source_goes_to_the_source_and_no_key_there_acts_on_another_run()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 3));
        screen.Take(
            new RepoOpened(Now, "/srv/api"), new SourceFailed(Now, "/srv/api", ".superloop/loops cannot be read: Permission denied"));
        screen.Select("completes/checkout-flow").Press("4", "g");
        Assert.Null(screen.Model.FocusedAlert!.Loop);
        screen.Expect("Enter open").ExpectNot("l log").ExpectNot("o $PAGER").ExpectNot("x cancel");

        screen.Press("x").Expect("api is unreachable: .superloop/loops cannot be read");
        Assert.Null(screen.Model.Ui.Confirm);

        screen.Press("Enter").Expect("TIMELINE (2)  api");
        Assert.Equal((new LoopKey("/srv/api", ""), PaneId.Detail), (screen.Model.Chosen, screen.Model.Ui.Focus));
        screen.Expect($"unreachable since {Now:HH:mm:ss}Z").ExpectNot("next tab").ExpectNot("$PAGER");
    }

    [Fact]
    public void An_alert_of_a_source_that_the_filter_hides_takes_the_filter_away()
    {
        using var screen = Repositories("/srv/api", "/srv/web");
        screen.Take(new RepoOpened(Now, "/srv/api"), new SourceFailed(Now, "/srv/api", "Permission denied"));

        screen.Press("1", "/").Type("web").Press("Enter", "4", "Enter");

        Assert.Equal(("", new LoopKey("/srv/api", "")), (screen.Model.Ui.Runs.Filter, screen.Model.Chosen));
    }

    [Fact]
    public void A_local_repository_is_described_with_keys_that_do_something_and_the_time()
    {
        using var screen = Repositories("/srv/api", "/srv/web");
        screen.Take(new RepoOpened(Now, "/srv/api"), new SourceFailed(Now, "/srv/api", "Permission denied"));

        screen.Press("4", "d").Expect("source_failed").Expect($"since {Now:HH:mm:ss}Z").ExpectNot("wake").Expect("Enter open");
        screen.Press("Enter");
        Assert.Equal(new LoopKey("/srv/api", ""), screen.Model.Chosen);
    }

    [Fact]
    public void Without_alerts_Enter_is_not_offered_in_their_pane_and_says_why()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20));
        Assert.Empty(screen.Model.Alerts);

        screen.Press("4").ExpectNot("Enter open").Press("Enter").Expect("there is no alert to open");
    }

    [Fact]
    public void What_cannot_be_reached_comes_before_what_has_failed_and_before_what_was_decided()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("role-fails", 8));
        screen.Take(new RepoOpened(Now, "/srv/zed"), new SourceFailed(Now, "/srv/zed", "Permission denied"));
        Assert.Equal(["/srv/zed", "/srv/role-fails", "/srv/completes"], Sources(screen));

        screen.Take(new SourceFailed(Now, "/srv/completes", "Permission denied"));
        Assert.Equal(["/srv/completes", "/srv/zed", "/srv/role-fails"], Sources(screen));

        screen.Press("1", "s");
        Assert.Equal(["/srv/completes", "/srv/role-fails", "/srv/zed"], Sources(screen));
    }

    [Fact]
    public void A_repository_that_was_read_and_has_no_loops_says_so()
    {
        using var screen = Repositories("/srv/api", "/srv/web");
        screen.Take(
            new RepoOpened(Now, "/srv/api"),
            new StateSeen(Now, "/srv/api", ArtifactReading<OpsManager.Contract.Artifacts.RuntimeState>.Missing));

        Assert.Matches("o api +no loops yet", screen.Text);
        screen.Expect("1 not read yet").ExpectNot("nothing is wrong");
    }

    [Fact]
    public void A_sprite_that_could_not_be_opened_is_a_row_with_the_reason()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.None);
        screen.Send(new SpritesChanged(SpriteStyle.None.Add(
            "sprite shop", new("shop", new([]), null, false) { Fault = "fly (first word of \"pull\") was not found" })));

        Assert.Matches("! shop +unreachable", screen.Text);
        screen.Expect("first word of \"pull\"").Expect("unreachable").ExpectNot("healthy").ExpectNot("nothing is wrong");
        screen.Press("1", "W").Expect("it cannot be watched");
    }

    [Fact]
    public void The_filter_of_the_list_leaves_sources_by_name_and_label()
    {
        using var screen = Fleet(120, 40);

        screen.Press("1", "/").Type("pair").Press("Enter");
        Assert.Matches("~ pair +not read yet", screen.Text);
        screen.ExpectNot("~ billing");
        screen.Press("/", "Ctrl+U").Type("@dev").Press("Enter").ExpectNot("~ pair").Expect("~ search");
        screen.Press("/", "Ctrl+U").Type("is:failed").Press("Enter").ExpectNot("~ pair").ExpectNot("~ search");
    }

    private static ScreenDriver Fleet(int columns, int rows) =>
        ScreenDriver.At(columns, rows, ColorDepth.None).Send(new ClockTicked(Now)).Send(new SpritesChanged(SpriteStyle.None
        .Add("/srv/pair", new("pair", new(["prod"]), "cyan", false))
        .Add("/srv/billing", new("billing", new(["prod"]), null, false))
        .Add("/srv/search", new("search", new(["dev"]), null, false))));

    private static ScreenDriver Repositories(params string[] paths) => ScreenDriver.Watching(120, 40, paths).Send(new ClockTicked(Now));

    private static IEnumerable<string> Sources(ScreenDriver screen) =>
        screen.Model.Lists.Rows.Select(static row => row.Repo.Path).Distinct();

    private static SpriteSeen Seen(string name, SpriteState sprite) => new(Now, $"/srv/{name}", sprite);
}
