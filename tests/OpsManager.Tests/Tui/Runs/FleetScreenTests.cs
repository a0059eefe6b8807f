using OpsManager.Core.Sprite;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>Sprites on one screen: their names, labels and colours, and the filter of the list.</summary>
public sealed class FleetScreenTests
{
    private static readonly (string, double)[] Runs = [
        ("tokens-and-logs", 300), ("role-fails", 8), ("approval-approved", 11.3), ("two-loops", 60), ("log-truncated", 14.5)
    ];

    [Theory]
    [InlineData(80, 24, true)]
    [InlineData(140, 40, true)]
    [InlineData(80, 24, false)]
    public void A_fleet_with_a_filter_looks_as_it_did(int columns, int rows, bool colour)
    {
        using var screen = Fleet(columns, rows, colour ? ColorDepth.True : ColorDepth.None);

        screen.Press("1", "/").Type("@prod !is:running").Press("Enter", "G");

        Golden.Assert($"fleet-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(140, 40)]
    public void A_filter_that_is_typed_looks_as_it_did(int columns, int rows)
    {
        using var screen = Fleet(columns, rows, ColorDepth.True);

        screen.Press("1", "/").Type("@prod");

        Golden.Assert($"fleet-typing-{columns}x{rows}", screen.Styled);
    }

    [Fact]
    public void Runs_stand_under_the_names_of_their_sprites_and_the_header_counts_all_of_them()
    {
        using var screen = Fleet(120, 40, ColorDepth.True);

        screen.Expect("5 sprites").Expect("pair · 2 loops · prod eu").Expect("billing/checkout-flow");
        screen.Press("1", "/")
            .Type("@prod")
            .Expect("RUNS (1) 3 of 6  /@prod")
            .Expect("1 failed")
            .Press("Enter")
            .Expect("RUNS (1) 3 of 6  /@prod");
        screen.Press("Esc").Expect("6 runs");
        screen.Press("/")
            .Type("nobody")
            .Expect("no run matches the filter")
            .Press("Enter", "a")
            .Expect("no run matches the filter")
            .Press("/", "Ctrl+U", "Enter")
            .Expect("6 runs");
        screen.Press("2", "/").Type("role:planner").Expect("/role:planner").Expect("6 runs");
    }

    [Fact]
    public void A_sprite_that_sleeps_or_is_not_reached_is_dimmed_and_dated()
    {
        using var screen = Fleet(120, 40, ColorDepth.True);
        void Silent(string path, Func<DateTimeOffset, SpriteState> of)
        {
            var fleet = screen.Model.Fleet;
            var repo = fleet.Repos[path];
            screen.Send(new FleetChanged(fleet with { Repos = fleet.Repos.SetItem(path, repo with { Sprite = of(repo.Now) }) }));
        }

        Silent("/srv/two-loops", static now => new SpriteState
        {
            Name = "pair",
            ConnectionMode = ConnectionMode.Service,
            By = "service",
            AsleepSince = now,
            GoodAt = now,
            PowerState = PowerState.Warm
        });
        Silent("/srv/role-fails", static now => new SpriteState
        {
            Name = "billing",
            ConnectionMode = ConnectionMode.LastKnown,
            GoodAt = now - TimeSpan.FromDays(3),
            Fault = "it cannot be reached",
            FaultSince = now
        });

        Assert.Matches("~ pair +asleep +0s", screen.Text);
        screen.Expect("W wakes it · last read ").Expect("~v  api-pagination");
        Assert.Matches("! billing +unreachable", screen.Text);
        screen.Press("1", "/").Type("billing").Press("Enter").Expect("W retries now · it cannot be reached").Press("Esc");
        Golden.Assert("fleet-silent-120x40", screen.Styled);
    }

    [Fact]
    public void What_config_yaml_says_anew_is_shown_at_once()
    {
        using var screen = Fleet(120, 40, ColorDepth.True);

        screen.Send(new SpritesChanged(SpriteStyle.None.Add("/srv/two-loops", new("renamed", new(["dev"]), null, true))))
            .Expect("renamed · 2 loops · dev")
            .Expect("role-fails/checkout-flow");
    }

    private static ScreenDriver Fleet(int columns, int rows, ColorDepth depth) =>
        ScreenDriver.At(columns, rows, depth, Runs).Send(new SpritesChanged(SpriteStyle.None
        .Add("/srv/two-loops", new("pair", new(["prod", "eu"]), "cyan", false))
        .Add("/srv/role-fails", new("billing", new(["prod"]), "red", true))
        .Add("/srv/tokens-and-logs", new("shop", new(["dev"]), null, false))
        .Add("/srv/approval-approved", new("search", new(["dev"]), null, false))
        .Add("/srv/log-truncated", new("old", new([]), null, false))));
}
