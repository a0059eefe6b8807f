using OpsManager.Tui.Detail;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>A moment of a recording looks the same from wherever one comes to it: nothing of what came later is in any cell.</summary>
public sealed class GoingBackTests
{
    private static readonly string[] Tapes =
        ["approval-approved", "two-loops", "log-rewritten", "log-truncated", "sigkilled", "torn-stays", "rerun-after-complete"];

    public static TheoryData<string> Samples() => [.. Tapes];

    public static TheoryData<int> Tabs() => [.. Enum.GetValues<DetailTab>().Select(static tab => (int)tab)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_change_of_a_sample_looks_as_it_did(string tape)
    {
        using var screen = new ReplayScreen(110, 34, tape);

        ThereAndBack(screen);
    }

    [Theory]
    [MemberData(nameof(Tabs))]
    public void With_each_tab(int tab)
    {
        using var screen = new ReplayScreen(110, 34, "approval-rejected");
        screen.Press("End", "w");
        for (var i = 0; i < tab; i++)
        {
            screen.Press("]");
        }

        Assert.Equal((DetailTab)tab, screen.Model.Ui.Detail.Tab);
        ThereAndBack(screen);
    }

    [Theory]
    [InlineData("status:ok", false)]
    [InlineData("tests", false)]
    [InlineData("tests", true)]
    [InlineData("role:tester iter:1", false)]
    public void With_a_filter_that_was_searched_to_the_end(string filter, bool withContext)
    {
        using var screen = new ReplayScreen(110, 34, "approval-rejected");
        screen.Press("End", "2", "/").Type(filter).Press("Enter");
        screen.Press(withContext ? ["c"] : []);
        Assert.NotEqual(0, screen.Model.Ui.Timeline.Search!.Found);

        ThereAndBack(screen);
    }

    [Fact]
    public void With_a_filter_that_was_searched_while_it_went_forward()
    {
        using var screen = new ReplayScreen(110, 34, "log-rewritten");
        while (screen.Model.Current?.Log is null)
        {
            screen.Press(".");
        }

        screen.Press("2", "/").Type("start").Press("Enter");

        ThereAndBack(screen);
    }

    [Fact]
    public void With_the_cursor_on_a_line_that_comes_later()
    {
        using var screen = new ReplayScreen(110, 34, "approval-rejected");
        screen.Press("End", "2", "k", "k", "k");

        ThereAndBack(screen);
    }

    [Theory]
    [InlineData("2", "Enter")]
    [InlineData("v", "j", "Enter")]
    public void With_a_text_open_over_the_panes(params string[] keys)
    {
        using var screen = new ReplayScreen(110, 34, "approval-approved");
        screen.Press(["End", .. keys]);
        Assert.Equal(Overlay.Pager, screen.Model.Ui.Overlay);

        ThereAndBack(screen, "(", "(", "(", "(", "(");
    }

    [Fact]
    public void An_event_that_comes_later_is_not_shown_and_not_copied()
    {
        using var screen = new ReplayScreen(110, 34, "approval-approved");
        screen.Press("End", "2", "Enter").Expect("\"event\"");

        screen.Press("(").ExpectNot("\"event\"").Expect("the event comes later than the moment that is shown");
        screen.Press("y").Expect("the event is no longer in its file");
        Assert.Null(screen.Copied);
        while (screen.State.Change < screen.State.Changes)
        {
            screen.Press(".");
        }

        screen.Expect("\"event\"");
    }

    [Fact]
    public void A_file_is_shown_as_it_was()
    {
        using var screen = new ReplayScreen(110, 34, "approval-approved");
        screen.Press("End", "v", "Enter");
        var end = screen.Text;

        screen.Press("(");

        Assert.NotEqual(end, screen.Text);
    }

    /// <summary>Goes to the start, forward change by change, and back; each change must look the same on both ways.</summary>
    private static void ThereAndBack(ReplayScreen screen, params string[] toStart)
    {
        screen.Wait(10).Press(toStart.Length == 0 ? ["Home"] : toStart);
        var first = screen.State.Change;
        var seen = new List<string> { screen.Styled };
        while (screen.State.Change < screen.State.Changes)
        {
            var before = screen.State.Change;
            screen.Press(".");
            Assert.Equal(before + 1, screen.State.Change);
            seen.Add(screen.Styled);
        }

        Assert.True(seen.Count > 5, $"only {seen.Count} changes");
        for (var i = seen.Count - 2; i >= 0; i--)
        {
            screen.Press(",");
            Assert.Equal(first + i, screen.State.Change);
            Assert.Equal(seen[i], screen.Styled);
        }
    }
}
