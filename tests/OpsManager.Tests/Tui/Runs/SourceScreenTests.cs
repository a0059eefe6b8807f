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
        screen.Press("1", "G").Expect("asleep: it is not read");

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

    private static SpriteSeen Seen(string name, SpriteState sprite) => new(Now, $"/srv/{name}", sprite);
}
