using OpsManager.Configuration.Keymaps;
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
    [InlineData("1", "THIS PANE: RUNS", "Sort the runs")]
    [InlineData("2", "THIS PANE: TIMELINE", "Follow the newest event")]
    [InlineData("3", "THIS PANE: DETAIL", "Detail: the previous tab")]
    [InlineData("4", "THIS PANE: ALERTS", "Describe the alert")]
    public void The_keys_of_the_pane_come_first(string pane, string heading, string help)
    {
        using var screen = ScreenDriver.Live(100, 40, "completes", 3);

        var rows = screen.Press(pane, "?").Model.Layout.BoxRows
            .Select(static row => string.Concat(row.Spans.Select(static span => span.Text)))
            .ToList();

        Assert.Contains(heading, rows[0], StringComparison.Ordinal);
        Assert.True(
            rows.FindIndex(row => row.Contains(help, StringComparison.Ordinal)) is >= 0 and var at
            && at < rows.FindIndex(static row => row.Contains("MOVING", StringComparison.Ordinal)));
    }

    [Fact]
    public void In_a_replay_its_keys_come_first()
    {
        using var screen = new Replay.ReplayScreen(100, 40, "role-fails");

        screen.Press("?");

        Assert.Contains("REPLAY", screen.Model.Layout.BoxRows[0].Spans[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(44, 20)]
    public void Nothing_is_cut_and_each_action_stands_there_once(int columns, int rows)
    {
        using var screen = ScreenDriver.Live(columns, rows, "completes", 3);

        var lines = screen.Press("?").Model.Layout.BoxRows;

        Assert.All(lines, line => Assert.True(
            line.Spans.Sum(static span => span.Width ?? OpsManager.Tui.Text.CellText.Width(span.Text)) <= columns - 2));
        var keymap = screen.Model.Keymap;
        Assert.Equal(
            Bindings.All.Count(one => keymap.KeysOf(one.Action).Count == 0),
            lines.SelectMany(static line => line.Spans).Count(static span => span.Text == "palette only"));
    }

    [Fact]
    public void What_is_typed_is_looked_for_and_letters_are_text()
    {
        using var screen = ScreenDriver.Live(100, 40, "completes", 3);

        screen.Press("?", "/").Type("qzoom").Expect("nothing matches");
        Assert.False(screen.HasQuit);
        screen.Press("Ctrl+U").Type("zoom").Expect("Give the pane the whole screen").ExpectNot("Sort the runs");
        screen.Press("Enter").Expect("HELP /zoom/");
        screen.Press("Esc").Expect("Sort the runs").Press("Esc").ExpectNot("HELP");
        screen.Press("?", "/").Type("zoom").Press("Esc").Expect("Sort the runs").Press("Esc").ExpectNot("HELP");
    }

    [Fact]
    public void What_cannot_be_done_now_is_dimmed_and_says_why_where_there_is_room()
    {
        using var screen = ScreenDriver.Live(100, 60, "completes", 600);

        screen.Press("?", "/").Type("recorded change").Expect("Replay: go one recorded change forward  (only in a replay)");
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
