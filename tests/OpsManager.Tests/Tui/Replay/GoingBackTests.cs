using OpsManager.Tui.Detail;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>
/// A moment of a recording looks the same from wherever one comes to it: nothing of what came later is in any cell. Each moment is
/// compared with a screen that has seen nothing later.
/// </summary>
public sealed class GoingBackTests
{
    public static TheoryData<string> Samples() =>
        ["approval-approved", "two-loops", "log-rewritten", "log-truncated", "sigkilled", "torn-stays", "rerun-after-complete"];

    public static TheoryData<int> Tabs() => [.. Enum.GetValues<DetailTab>().Select(static tab => (int)tab)];

    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void Each_change_of_every_sample_looks_the_same_on_the_way_back(string tape)
    {
        using var screen = new ReplayScreen(80, 24, tape);

        ThereAndBack(screen);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_change_of_a_sample_looks_as_it_did(string tape) => Compare(tape, static _ => { });

    [Theory]
    [MemberData(nameof(Tabs))]
    public void With_each_tab(int tab) => Compare("approval-rejected", screen =>
    {
        screen.Press("w");
        for (var i = 0; i < tab; i++)
        {
            screen.Press("]");
        }

        Assert.Equal((DetailTab)tab, screen.Model.Ui.Detail.Tab);
    });

    [Theory]
    [InlineData("approval-rejected", "status:ok", false)]
    [InlineData("approval-rejected", "tests", false)]
    [InlineData("approval-rejected", "tests", true)]
    [InlineData("approval-rejected", "role:tester iter:1", false)]
    [InlineData("log-rewritten", "start", false)]
    [InlineData("sigkilled", "event:process_exited", true)]
    public void With_a_filter(string tape, string filter, bool withContext) => Compare(tape, screen =>
    {
        screen.Press("2", "/").Type(filter).Press("Enter");
        screen.Press(withContext ? ["c"] : []);
    });

    [Fact]
    public void With_a_file_open_over_the_panes() => Compare("approval-approved", static screen =>
    {
        screen.Press("v", "3");
        for (var i = 0; i < 50 && Chosen(screen)?.EndsWith("events.jsonl", StringComparison.Ordinal) != true; i++)
        {
            screen.Press("j");
        }

        Assert.EndsWith("events.jsonl", Chosen(screen), StringComparison.Ordinal);

        screen.Press("Enter");
        Assert.Equal(Overlay.Pager, screen.Model.Ui.Overlay);
    });

    [Fact]
    public void With_the_cursor_on_a_line_that_comes_later()
    {
        using var screen = new ReplayScreen(110, 34, "approval-rejected");
        screen.Press("End", "2", "k", "k", "k", "Home");

        ThereAndBack(screen);
    }

    [Fact]
    public void With_an_event_open_over_the_panes()
    {
        using var screen = new ReplayScreen(110, 34, "approval-approved");
        screen.Press("End", "2", "Enter", "(", "(", "(", "(", "(");

        // Until the word that there is no earlier iteration is gone.
        ThereAndBack(screen.Wait(10));
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

    private static string? Chosen(ReplayScreen screen) => screen.Model.Ui.Detail.FileOf(screen.Model.Current);

    /// <summary>Compares a screen that goes forward, and back, with one that comes from the end.</summary>
    /// <param name="prepare">What is done before, as soon as there is a run with a log, and at the end.</param>
    private static void Compare(string tape, Action<ReplayScreen> prepare)
    {
        using var early = new ReplayScreen(110, 34, tape);
        while (early.Model.Current?.Log is null)
        {
            early.Press(".");
        }

        prepare(early);
        var (first, seen) = ThereAndBack(early.Wait(10));

        using var late = new ReplayScreen(110, 34, tape);
        late.Press("End");
        prepare(late);
        late.Wait(10);
        for (var i = seen.Count - 2; i >= 0; i--)
        {
            late.Press(",");
            Assert.Equal(first + i, late.State.Change);
            Assert.Equal(seen[i], late.Styled);
        }
    }

    /// <summary>Goes to the end change by change, and back to where it began; each change must look the same on both ways.</summary>
    private static (int First, List<string> Seen) ThereAndBack(ReplayScreen screen)
    {
        var first = screen.State.Change;
        var seen = new List<string> { screen.Styled };
        while (screen.State.Change < screen.State.Changes)
        {
            var before = screen.State.Change;
            screen.Press(".");
            Assert.Equal(before + 1, screen.State.Change);
            seen.Add(screen.Styled);
        }

        Assert.True(seen.Count > 2, $"only {seen.Count} changes");
        for (var i = seen.Count - 2; i >= 0; i--)
        {
            screen.Press(",");
            Assert.Equal(first + i, screen.State.Change);
            Assert.Equal(seen[i], screen.Styled);
        }

        return (first, seen);
    }
}
