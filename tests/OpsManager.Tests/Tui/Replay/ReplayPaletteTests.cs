using OpsManager.Sources.Replay;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>Moments and recordings by what is typed.</summary>
public sealed class ReplayPaletteTests
{
    [Theory]
    [InlineData("at 19:20:45", 2)]
    [InlineData("at 50%", 2.8)]
    [InlineData("at 3s", 3)]
    [InlineData("AT  0m4s ", 4)]
    public void A_moment_is_typed_in_each_form(string typed, double seconds)
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(":").Type(typed).Expect("Go to 19:20:4").Press("Enter");

        Assert.InRange(screen.State.At.TotalSeconds, seconds - 0.3, seconds + 0.3);
        Assert.Null(screen.Model.Ui.Prompt);
    }

    [Theory]
    [InlineData("50%")]
    [InlineData("3s")]
    [InlineData("19:20:45")]
    public void A_moment_needs_no_word_before_it(string typed)
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(":").Type(typed).Expect("Go to 19:20:4").Press("Enter");

        Assert.NotEqual(TimeSpan.Zero, screen.State.At);
    }

    [Theory]
    [InlineData("seek")]
    [InlineData("goto")]
    [InlineData("jump")]
    public void Who_looks_for_it_by_another_word_finds_it(string typed)
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(":").Type(typed).Expect("Go to a moment of the recording").Press("Enter");

        Assert.Equal("at ", screen.Model.Ui.Prompt!.Text);
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("samples")]
    public void The_word_alone_lists_the_recordings_and_nothing_else(string typed)
    {
        using var screen = new ReplayScreen(110, 34, "two-loops", "role-fails");

        screen.Press(":").Type(typed).Expect("Replay two-loops").Expect("Replay role-fails").ExpectNot("replay-step");
    }

    [Fact]
    public void A_moment_outside_is_the_end_and_says_so()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(":").Type("at 5m").Press("Enter").Expect("the recording is 5s long");

        Assert.Equal(screen.State.Length, screen.State.At);
    }

    [Fact]
    public void What_is_no_moment_says_which_forms_there_are_and_can_be_corrected()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(":").Type("at noon").Expect("unavailable: at needs 5m or 02:30").Press("Enter").Expect(SeekTime.Forms);

        Assert.Equal("at noon", screen.Model.Ui.Prompt!.Text);
        Assert.Equal(TimeSpan.Zero, screen.State.At);
    }

    [Fact]
    public void The_word_alone_waits_for_the_moment()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(":").Type("at").Press("Enter");

        Assert.Equal("at ", screen.Model.Ui.Prompt!.Text);
    }

    [Fact]
    public void Another_recording_is_opened_from_its_start_and_nothing_of_the_one_before_is_kept()
    {
        using var screen = new ReplayScreen(110, 34, "two-loops", "role-fails");
        screen.Press("End", "j", "v", "2", "k", "k");

        screen.Press(":").Type("replay role").Expect("The implementer's runner exits with code 1").Press("Enter").Pass(1);

        Assert.Equal((1, TimeSpan.Zero), (screen.State.Index, screen.State.At));
        Assert.Null(screen.Model.Ui.Runs.Selected);
        Assert.True(screen.Model.Ui.Timeline.Position.Follows);
        screen.Press("End").Expect("! checkout-flow").ExpectNot("search-index");
        screen.Press("v").Expect("state.json");
    }

    [Fact]
    public void A_recording_that_is_not_there_says_so()
    {
        using var screen = new ReplayScreen(110, 34, "two-loops");

        screen.Press(":").Type("replay qqq").Press("Enter").Expect("no recording is called \"qqq\"");
    }

    [Fact]
    public void The_list_can_be_open_at_the_start()
    {
        using var screen = new ReplayScreen(110, 34, "two-loops", "role-fails");
        screen.Send(new PaletteOpened(ReplayChoices.List.Text)).Expect("Replay two-loops").Expect("Replay role-fails");

        screen.Press("Esc").ExpectNot("Replay two-loops");
        Assert.False(screen.HasQuit);
        screen.Send(new PaletteOpened(ReplayChoices.List.Text)).Press("Down", "Enter").Pass(1);
        Assert.Equal(1, screen.State.Index);
    }

    [Theory]
    [InlineData("replay", "")]
    [InlineData("replay ", "")]
    [InlineData("replay incident-42", "incident-42")]
    [InlineData("replay /tmp/other.tape.jsonl", "/tmp/other.tape.jsonl")]
    public void A_live_session_ends_and_asks_for_the_replay(string typed, string name)
    {
        using var screen = ScreenDriver.At(110, 34, ColorDepth.True, ("completes", 20));

        screen.Press(":").Type(typed).Press("Enter");

        Assert.Equal(name, screen.AskedFor);
        Assert.False(screen.HasQuit);
    }

    [Fact]
    public void A_live_session_offers_the_recordings_that_it_knows()
    {
        RecordingInfo[] known = [new("one", "The first one"), new("other", "The second one", "look at it")];
        var watched = new OpsManager.Tui.Watch.Watched();

        var all = ReplayChoices.Of(watched, known, "replay o")!;
        Assert.Equal(["replay one", "replay other", "replay o"], all.Select(static choice => choice.Text));
        Assert.Equal("The second one · look at it", all[1].Detail);
        Assert.Equal(new ReplayAsked("other"), all[1].Message);
        Assert.Equal(["replay one"], ReplayChoices.Of(watched, known, "replay one")!.Select(static choice => choice.Text));
    }
}
