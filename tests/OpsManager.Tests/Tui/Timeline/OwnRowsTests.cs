using OpsManager.Core.Facts.Observations;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Timeline;

/// <summary>The manager's own rows on the screen: everything that works on a line works on them.</summary>
public sealed class OwnRowsTests
{
    private const string Death = "-- process 18365 has exited; no event ended the run";

    [Fact]
    public void The_next_problem_is_the_death_of_the_run()
    {
        using var screen = Dead();

        screen.Press("2", "g", "e").Expect(Death);

        Assert.Equal("process_exited", Chosen(screen));
        screen.Press("e").Expect("no problem after this line");
        Assert.Equal("process_exited", Chosen(screen));
        screen.Press("k").Press("E").Expect("no problem before this line");
        Assert.Null(Chosen(screen));
    }

    [Fact]
    public void Opened_it_says_what_was_seen_and_that_there_is_no_raw_line()
    {
        using var screen = Dead();

        screen.Press("2", "g", "e", "Enter").Expect("seen by ops-manager: process_exited");
        screen.Expect("process 18365 has exited; no event ended the run");
        screen.Expect("It is not in events.jsonl, so there is no raw line to show.");

        screen.Press("y").Expect("sent to the terminal's clipboard");
        Assert.Equal("2026-11-22T19:20:47Z process_exited checkout-flow: process 18365 has exited; no event ended the run", screen.Copied);
        // The pager has the log, at the line before the row.
        screen.Press("o");
        Assert.Equal(("/srv/role-fails", ".superloop/loops/checkout-flow/events.jsonl", 5), screen.Paged);
        screen.Press("Esc").Expect(Death);
    }

    [Fact]
    public void It_is_copied_as_one_line_and_the_pager_opens_the_log_there()
    {
        using var screen = Dead();

        screen.Press("2", "g", "e", "y").Expect("sent to the terminal's clipboard");
        Assert.Equal("2026-11-22T19:20:47Z process_exited checkout-flow: process 18365 has exited; no event ended the run", screen.Copied);
        screen.Press("o");
        Assert.Equal(5, screen.Paged!.Value.Line);
    }

    [Theory]
    [InlineData("exited", true)]
    [InlineData("event:process_exited", true)]
    [InlineData("!event:role iter:1", true)]
    [InlineData("role:planner", false)]
    [InlineData("iter:>3", false)]
    [InlineData("!exited", false)]
    public void A_filter_holds_for_it_as_for_a_line(string filter, bool isShown)
    {
        using var screen = Dead();

        screen.Press("2", "/").Type(filter).Press("Enter");

        Assert.Equal(isShown, screen.Text.Contains(Death, StringComparison.Ordinal));
    }

    [Fact]
    public void Matches_are_counted_with_it_and_gone_to()
    {
        using var screen = Dead();

        screen.Press("2", "z", "/").Type("exited").Press("Enter").Expect("1 of 6 match");
        screen.Press("c", "g", "n");

        Assert.Equal("process_exited", Chosen(screen));
        screen.Press("n").Expect("no match after this line");
    }

    [Fact]
    public void The_cursor_stays_on_it_while_the_screen_goes_on()
    {
        using var screen = ScreenDriver.Live(160, 40, "role-fails", 8);
        screen.Press("2", "g", "e");

        var repo = screen.Model.CurrentRepo!;
        screen.Take(new SourceFailed(repo.Now, repo.Path, "no way in"));
        screen.Wait(5).Expect("-- the repository cannot be read: no way in --");

        Assert.Equal("process_exited", Chosen(screen));
        Assert.False(screen.Model.Ui.Timeline.Position.Follows);
    }

    [Fact]
    public void An_alert_about_it_leads_to_it()
    {
        using var screen = Dead();

        screen.Press("4", "Enter");

        Assert.Equal((PaneId.Timeline, "process_exited"), (screen.Model.Ui.Focus, Chosen(screen)));
    }

    [Fact]
    public void With_the_event_stream_off_only_rows_of_ours_are_left()
    {
        using var screen = Dead();

        screen.Take(new StreamSwitched(screen.Model.CurrentRepo!.Now, SnapshotOnly: true));

        screen.Expect(Death).Expect("snapshot-only mode: events are not shown").Press("2", "e", "E");
        Assert.Equal(1, screen.Model.Timeline!.Count);
    }

    [Theory]
    [InlineData(80, 24, true)]
    [InlineData(120, 40, true)]
    [InlineData(120, 40, false)]
    [InlineData(40, 12, true)]
    public void Looks_as_it_did(int columns, int rows, bool colour)
    {
        var depth = colour ? ColorDepth.True : ColorDepth.None;
        using var screen = ScreenDriver.At(columns, rows, depth, ("log-truncated", 60), ("role-fails", 8), ("cancelled", 600));

        screen.Select("role-fails/checkout-flow").Press("2", "g", "e");

        Golden.Assert($"own-rows-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }

    [Fact]
    public void Opened_looks_as_it_did()
    {
        using var screen = Dead();

        screen.Press("2", "g", "e", "Enter");

        Golden.Assert("own-row-opened-100x24", screen.Styled);
    }

    private static ScreenDriver Dead() => ScreenDriver.Live(100, 24, "role-fails", 8);

    private static string? Chosen(ScreenDriver screen)
    {
        var rows = screen.Model.Timeline!;
        var height = screen.Model.Layout.RowsOf(PaneId.Timeline);
        var own = rows.OursAt(rows.Window(screen.Model.Ui.Timeline.Position, height).Selected);
        return own is null ? null : OpsManager.Core.Rules.Timeline.ObservedKinds.Word(own.Kind);
    }
}
