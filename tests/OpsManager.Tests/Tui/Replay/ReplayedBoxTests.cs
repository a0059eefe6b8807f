using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>The box that asks on a live run tells in a replay what was decided, and no key in it sends.</summary>
public sealed class ReplayedBoxTests
{
    [Theory]
    [InlineData("a", "APPROVE")]
    [InlineData("r", "REJECT")]
    public void It_says_who_decided_when_and_what_came_of_it(string key, string word)
    {
        using var screen = Waiting("approval-rejected");

        screen.Press(key).Expect($"{word} approval-rejected · checkout-flow · run 2026-11-23T09:01:02Z · iteration 1");

        screen.Expect("this is a replay: nothing can be sent")
            .Expect("rejected  by builder at 09:01:10Z, 2s after it was asked (2s after this moment)")
            .Expect("twice, see review")
            .Expect("a run consumed it at 09:01:13Z").Expect("approval_rejected, line 29")
            .Expect("at the end  v complete");
        Assert.Null(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void An_approval_is_taken_up_by_its_own_run()
    {
        using var screen = Waiting("approval-approved");

        screen.Press("a").Expect("approved  by ").Expect("a run consumed it at ").Expect(": approval_consumed, line ");
    }

    [Fact]
    public void Where_nobody_decided_it_says_so()
    {
        using var screen = Waiting("approval-approved");
        var now = screen.Model.Fleet;

        screen.Press("a").Know(state => state with { End = now })
            .Expect("nobody decided in this recording").Expect("no run consumed a decision in this recording");
    }

    [Fact]
    public void A_cancel_that_nobody_asked_for_says_so()
    {
        using var screen = Waiting("approval-forgotten");

        screen.Press("x").Expect("CANCEL approval-forgotten").Expect("no manager cancelled this run in this recording").ExpectNot("type ");
        Assert.Equal("", screen.Model.Ui.Confirm!.Code);
    }

    [Fact]
    public void While_the_recording_is_still_being_read_it_says_so()
    {
        using var screen = Waiting("approval-approved");

        screen.Press("a").Know(static state => state with { End = null }).Expect("the recording is still being read").ExpectNot("nobody");
    }

    [Fact]
    public void No_key_sends_and_each_says_that_nothing_can_be_sent()
    {
        using var screen = Waiting("approval-approved");

        foreach (var opener in new[] { "a", "r", "x" })
        {
            screen.Press(opener).ExpectNot("y send").ExpectNot("e note").Wait(5);
            screen.Press("y").Expect("nothing can be sent in a replay").Wait(5).Press("e");
            Assert.Null(screen.Model.Ui.Prompt);
            screen.Type("0123456789").Wait(5);
            Assert.Equal((null, null), (screen.Model.Ui.Confirm!.PressedAt, screen.Model.Ui.Confirm.Key));
            screen.Press("Esc");
            Assert.Equal(Overlay.None, screen.Model.Ui.Overlay);
        }
    }

    [Fact]
    public void It_goes_on_telling_of_its_question_while_the_recording_plays()
    {
        using var screen = Waiting("approval-rejected");
        screen.Press("Space", "a").Expect("iteration 1");

        screen.Pass(60);

        Assert.Equal(screen.State.Length, screen.State.At);
        screen.Expect("APPROVE approval-rejected · checkout-flow · run 2026-11-23T09:01:02Z");
        screen.Expect("before this").Expect("twice, see review").ExpectNot("changed");
    }

    private static ReplayScreen Waiting(string tape)
    {
        var screen = new ReplayScreen(110, 40, tape);
        while (screen.Model.Current is not { Approval: { IsMissing: false, Value.IsPending: true } })
        {
            screen.Press("}");
        }

        return screen;
    }
}
