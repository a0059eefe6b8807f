using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

/// <summary>Lines of a log are read when they become visible, in the turn in which they do, and not again while they stay.</summary>
public sealed class VisibleReadsTests
{
    private const int Rows = 30;

    [Fact]
    public void Nothing_is_read_while_the_same_lines_are_visible()
    {
        using var screen = ScreenDriver.At(120, Rows, ColorDepth.True, ("tokens-and-logs", 300));
        var read = screen.LinesRead;
        Assert.InRange(read, 1, Rows);

        screen.Wait(1).Wait(1).Press("3", "1", "?", "Esc", "t", "T");

        Assert.Equal(read, screen.LinesRead);
    }

    [Fact]
    public void A_key_that_moves_reads_a_screenful_at_most_and_shows_it_at_once()
    {
        using var screen = ScreenDriver.At(120, Rows, ColorDepth.True, ("tokens-and-logs", 300));
        var read = screen.LinesRead;

        screen.Press("2", "g");

        Assert.InRange(screen.LinesRead - read, 1, Rows);
        var lines = screen.Model.Ui.Timeline.Lines!;
        Assert.True(lines.AreOf(screen.Model.Layout.Timeline!));
        Assert.Equal(0, lines.Numbers[0]);
        screen.Expect("loop started");
    }

    [Fact]
    public void Lines_of_another_run_are_read_with_the_run()
    {
        using var screen = ScreenDriver.Rich();
        var read = screen.LinesRead;

        screen.Select("tokens-and-logs/checkout-flow");

        Assert.True(screen.LinesRead > read);
        Assert.Equal("/srv/tokens-and-logs", screen.Model.Ui.Timeline.Lines!.Loop.Repo);
        Assert.True(screen.Model.Ui.Timeline.Lines.AreOf(screen.Model.Layout.Timeline!));
    }
}
