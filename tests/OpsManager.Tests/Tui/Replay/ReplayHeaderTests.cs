using OpsManager.Contract;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>Nobody may take a recording for a live run, or its time for now.</summary>
public sealed class ReplayHeaderTests
{
    private static readonly RecordingInfo Long = new(
        "made", "The implementer's runner exits 1 in the third iteration, after two that were rejected by the reviewer");

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(160)]
    public void It_says_that_it_is_a_replay_where_it_stands_and_what_is_wrong(int columns)
    {
        using var screen = new ReplayScreen(columns, 24, "role-fails");
        screen.Press("End").Know(static state => state with { Recording = Long });

        var header = screen.Line(0);
        Assert.StartsWith("  REPLAY  · made: The", header, StringComparison.Ordinal);
        Assert.Contains(" · 00:05 / 00:05 · paused · 1 failed ", header, StringComparison.Ordinal);
        Assert.EndsWith(" tape 19:20:48Z", header, StringComparison.Ordinal);
        Assert.DoesNotContain("ops-manager", header, StringComparison.Ordinal);
        Assert.DoesNotContain("assisted", header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(56)]
    public void The_mark_and_the_clock_of_the_recording_never_go(int columns)
    {
        using var screen = new ReplayScreen(columns, 24, "role-fails");
        screen.Press("End");

        Assert.StartsWith("  REPLAY ", screen.Line(0), StringComparison.Ordinal);
        Assert.EndsWith(" tape 19:20:48Z", screen.Line(0), StringComparison.Ordinal);
    }

    [Fact]
    public void At_forty_eight_columns_the_position_is_there()
    {
        using var screen = new ReplayScreen(48, 24, "role-fails");

        Assert.StartsWith("  REPLAY  · 00:00 / 00:05 ", screen.Line(0), StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_that_it_plays_how_fast_and_that_idle_time_is_skipped()
    {
        using var screen = new ReplayScreen(120, 24, "role-fails");

        screen.Press("Space").Pass(1).Know(static state => state with { IsSkipping = false }).Expect(" playing 1x ").Press("<", "<");
        screen.Know(static state => state with { IsSkipping = true }).Expect(" skipping idle 0.25x ");
        screen.Press("Space").Expect(" paused, speed 0.25x ");
    }

    [Fact]
    public void It_says_how_much_was_read_until_all_is()
    {
        using var screen = new ReplayScreen(80, 24, "role-fails");

        screen.Know(static state => state with { ReadTo = state.Length * 0.349 })
            .Expect(" 00:00 / 00:05 reading 34 % · paused · ");
        screen.Know(static state => state with { ReadTo = state.Length }).ExpectNot("reading");
    }

    [Fact]
    public void In_a_recording_of_hours_it_has_hours()
    {
        using var screen = new ReplayScreen(100, 24, "role-fails");

        screen.Know(static state => state with { At = TimeSpan.FromMinutes(3), Length = TimeSpan.FromHours(27) })
            .Expect(" 0:03:00 / 27:00:00 ");
    }

    [Fact]
    public void What_the_recording_cannot_tell_and_why_it_cannot_be_read_stand_in_a_line()
    {
        using var screen = new ReplayScreen(80, 24, "role-fails");

        screen.Know(static state => state with { Note = "no process evidence: lifecycle from the log alone" });
        Assert.Equal(" no process evidence: lifecycle from the log alone", screen.Line(2));

        screen.Know(static state => state with { Fault = "line 12: not JSON" });
        Assert.Equal(" line 12: not JSON", screen.Line(2));
        Assert.Equal(3, screen.Model.Layout.Panes[PaneId.Runs].Y);
    }

    [Fact]
    public void The_caption_says_which_of_the_recordings_this_is()
    {
        using var screen = new ReplayScreen(80, 24, "two-loops", "role-fails");
        screen.Know(static state => state with { Index = 1, IsTour = true, Recording = Long with { Caption = "press w" } });

        Assert.Equal(" 2/2  made: press w", screen.Line(2));

        const string Short = "The run died. The contract status says running: e goes there, w says why.";
        const string Caption = "A run that died. The contract status still says running: e goes there, w says why.";
        screen.Know(static state => state with { IsTour = true, Recording = Long with { Caption = Caption } });
        Assert.Equal(" 2/2  made: A run that died. The contract status still says running: e goes", screen.Line(2));
        Assert.Equal(" there, w says why.", screen.Line(3));
        Assert.Equal(4, screen.Model.Layout.Panes[PaneId.Runs].Y);
        screen.Know(static state => state with { IsTour = true, Recording = Long with { Caption = Short } });
        Assert.Equal(" 2/2  The run died. The contract status says running: e goes there, w says why.", screen.Line(2));
        Assert.Equal(3, screen.Model.Layout.Panes[PaneId.Runs].Y);
    }

    [Fact]
    public void Of_several_recordings_the_header_says_which_is_shown()
    {
        using var several = new ReplayScreen(120, 24, "two-loops", "role-fails");
        Assert.Contains(" 1 of 2 · two-loops", several.Line(0), StringComparison.Ordinal);

        using var one = new ReplayScreen(120, 24, "two-loops");
        Assert.Contains(" · two-loops", one.Line(0), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_has_begun_no_iteration_has_no_number_behind_its_state()
    {
        using var screen = new ReplayScreen(120, 32, "role-fails");
        while (screen.Model.Current?.Verdict.Lifecycle != Lifecycle.Running)
        {
            screen.Press(".");
        }

        screen.Expect("checkout-flow running ").ExpectNot("running 0");
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void From_fifteen_rows_on_there_is_a_scrub_bar(int rows, bool isThere)
    {
        using var screen = new ReplayScreen(80, rows, "role-fails");

        Assert.Equal(isThere, screen.Text.Contains('┃', StringComparison.Ordinal));
    }

    [Fact]
    public void A_recording_that_cannot_be_read_says_so_and_can_be_left()
    {
        using var screen = new ReplayScreen(100, 24, "role-fails");
        screen.Know(static state => new ReplayState
        {
            Recording = state.Recording,
            Index = 0,
            Count = 1,
            RecordedAt = default,
            Fault = "the recording cannot be read",
        });

        screen.Expect("the recording cannot be read").Expect("tape --:--:--").ExpectNot("reading");
        screen.Press(":").Type("at 12:00").Press("Enter", "q");
        Assert.True(screen.HasQuit);
    }
}
