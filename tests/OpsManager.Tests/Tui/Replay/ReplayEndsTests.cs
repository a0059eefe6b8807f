using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>A key that can do nothing says why, and one that moves shows what it has moved to.</summary>
public sealed class ReplayEndsTests
{
    [Theory]
    [InlineData("End", ".", "this is the end of the recording")]
    [InlineData("Home", ",", "this is the start of the recording")]
    [InlineData("End", "}", "no later problem or change of state")]
    [InlineData("Home", "{", "no earlier problem or change of state")]
    [InlineData("End", ")", "no later iteration")]
    [InlineData("Home", "(", "no earlier iteration")]
    public void At_an_end_a_key_says_so(string end, string key, string why)
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press(end).ExpectNot(why).Press(key).Expect(why);
    }

    [Fact]
    public void The_speeds_end_somewhere_and_say_so()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");

        screen.Press("<", "<").ExpectNot("this is the lowest speed").Press("<").Expect("this is the lowest speed");
    }

    [Fact]
    public void A_step_says_what_it_has_changed()
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");
        screen.Press("End", "{", "{", "{");

        var (change, line) = (screen.State.Change, screen.Line(1));
        screen.Press(".");

        Assert.NotEqual(line, screen.Line(1));
        screen.Expect($" {change + 1}/{screen.State.Changes} ");
        Assert.Matches("(written|grew|removed|exited|running)", screen.Line(1));
    }

    [Fact]
    public void Who_moves_sees_the_moment_also_where_the_timeline_was_scrolled()
    {
        using var screen = new ReplayScreen(110, 34, "long-run");
        screen.Press("End", "2", "g");
        Assert.False(screen.Model.Ui.Timeline.Position.Follows);

        screen.Press(",");

        Assert.True(screen.Model.Ui.Timeline.Position.Follows);
    }
}
