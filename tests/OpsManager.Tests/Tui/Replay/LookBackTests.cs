using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Compare;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>From a live run back in time, and from the past back to it; and what is recorded by name.</summary>
public sealed class LookBackTests
{
    private const string Off = "nothing is recorded to go back to: put \"record: always\" into config.yaml";

    [Fact]
    public void Where_something_is_recorded_the_key_leaves_for_the_past_of_the_run()
    {
        using var screen = Live(new RepoRecording(null));

        screen.Expect("b back in time").Press("b");

        Assert.Equal(LoopKey.From(screen.Model.Current!), screen.AskedForPast);
    }

    [Fact]
    public void Where_nothing_is_recorded_the_key_says_how_to_turn_it_on()
    {
        using var screen = Live(new RepoRecording(Off));

        screen.ExpectNot("back in time").Press("b").Expect("put \"record: always\" into config.yaml");

        Assert.Null(screen.AskedForPast);
    }

    [Fact]
    public void A_sprite_is_not_recorded_and_the_key_says_so()
    {
        using var screen = ScreenDriver.Live(140, 40, "role-fails", 5);

        screen.Press("b").Expect("sprites are not recorded");
    }

    [Fact]
    public void In_a_recording_there_is_nothing_to_go_back_to()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press("b").Expect("this is a recording already");
    }

    [Theory]
    [InlineData("End")]
    [InlineData("Esc")]
    [InlineData("q")]
    public void From_the_end_of_the_past_a_key_leads_back_to_the_live_run(string key)
    {
        using var screen = ReplayScreen.Past(110, 34, "role-fails");
        screen.Press("End").Expect(" PAST ").ExpectNot(" REPLAY ").Expect("Esc live run");
        Assert.False(screen.HasQuit);

        screen.Press(key);

        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void Escape_goes_one_step_at_a_time_before_it_leaves_the_past()
    {
        using var screen = ReplayScreen.Past(110, 34, "role-fails");
        screen.Press("End", "2", "Esc");
        Assert.False(screen.HasQuit);
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);

        screen.Press("Esc");

        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void Nothing_can_be_sent_from_the_past()
    {
        using var screen = ReplayScreen.Past(110, 34, "role-fails");

        Assert.Equal(Availability.NothingSent, screen.Model.WhyNoControl);
        screen.Press("End", "b").Expect("this is the past");
    }

    [Fact]
    public void A_recording_that_is_no_past_is_not_left_at_its_end()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press("End", "End", "Esc", "Esc");

        Assert.False(screen.HasQuit);
    }

    [Fact]
    public void The_word_record_asks_for_a_recording_and_the_header_says_that_there_is_one()
    {
        using var screen = Live(new RepoRecording(Off));
        var repo = screen.Model.CurrentRepo!.Path;

        screen.Press(":").Type("record").Press("Enter");
        Assert.Equal(repo, screen.Recorded);
        screen.Send(new RecordingChanged(repo, new RepoRecording(Off, "/kept/a.tape.jsonl"))).Expect("recording");

        screen.Press(":").Type("record").Expect("End the recording of").Press("Esc");
    }

    [Fact]
    public void A_comparison_opens_as_a_text_and_is_copied_as_one()
    {
        using var screen = Live(new RepoRecording(Off));

        screen.Press(":").Type("diff").Press("Enter").Expect("The runs are being read");
        screen.Send(new RunsCompared(new CompareRequest(LoopKey.From(screen.Model.Current!)), ["A  one", "B  two"]));
        screen.Expect("A  one").Expect("w wrap").ExpectNot("r raw").ExpectNot("f follow").Press("y");

        Assert.Equal("A  one\nB  two", screen.Copied);
    }

    [Fact]
    public void A_comparison_that_comes_when_its_text_was_closed_is_dropped()
    {
        using var screen = Live(new RepoRecording(Off));
        screen.Press(":").Type("diff").Press("Enter").Press("Esc");

        screen.Send(new RunsCompared(new CompareRequest(LoopKey.From(screen.Model.Current!)), ["A  one"]));

        Assert.Equal(Overlay.None, screen.Model.Ui.Overlay);
    }

    [Fact]
    public void Two_marked_runs_are_compared_with_each_other_and_three_are_not()
    {
        using var screen = ScreenDriver.Live(140, 40, "two-loops", 20);
        screen.Press("m", "j", "m");
        var (a, b) = (LoopKey.From(screen.Model.AllRuns[0]), LoopKey.From(screen.Model.AllRuns[1]));

        Assert.Equal(new CompareAsked(new CompareRequest(a, b)), Choice(screen, "diff").Message);
    }

    [Fact]
    public void A_report_says_where_it_is()
    {
        using var screen = Live(new RepoRecording(Off));

        screen.Press(":").Type("report").Press("Enter").Expect("the report is in /kept/report.html");
    }

    private static OpsManager.Tui.Palette.Choice Choice(ScreenDriver screen, string name) =>
        Commands.Choices(screen.Model, name).First(choice => choice.Text == name);

    private static ScreenDriver Live(RepoRecording recording)
    {
        var screen = ScreenDriver.Live(140, 40, "role-fails", 5);
        screen.Send(new RecordingChanged(screen.Model.CurrentRepo!.Path, recording));
        return screen;
    }
}
