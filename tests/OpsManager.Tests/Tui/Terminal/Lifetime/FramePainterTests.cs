using OpsManager.Tui.Terminal.Lifetime;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

public sealed class FramePainterTests : IDisposable
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(33);

    private readonly TestScreen screen = new(40, 5);
    private readonly Runnable root = new() { Width = Dim.Fill(), Height = Dim.Fill() };
    private readonly Label label = new() { Width = 20, Text = "start" };
    private readonly FramePainter painter;

    public FramePainterTests()
    {
        root.Add(label);
        screen.Show(root);
        screen.Port.Take();
        painter = new FramePainter(screen.App);
    }

    [Fact]
    public void What_changed_is_drawn_and_then_nothing_is_due()
    {
        label.Text = "other";
        painter.Draw();
        Assert.Contains("other", screen.Port.Take(), StringComparison.Ordinal);
        Assert.Null(painter.Due(Gap));
    }

    [Fact]
    public void On_a_line_that_is_full_nothing_is_drawn_and_it_is_due_when_the_line_may_have_room()
    {
        screen.Port.IsFull = true;
        label.Text = "first";
        painter.Draw();
        screen.Port.Take();
        label.Text = "second";
        painter.Draw();
        Assert.Equal("", screen.Port.Take());
        Assert.True(painter.Due(Gap) > TimeSpan.Zero);
        screen.Port.IsFull = false;
        painter.Draw();
        Assert.Contains("second", screen.Port.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_always_wants_to_be_drawn_again_is_drawn_at_once_a_few_times_and_then_with_pauses()
    {
        screen.App.LayoutAndDrawComplete += (_, _) => root.SetNeedsDraw();
        var due = new List<TimeSpan?>();
        for (var turn = 0; turn < 6; turn++)
        {
            root.SetNeedsDraw();
            painter.Draw();
            due.Add(painter.Due(Gap));
        }

        Assert.Equal(TimeSpan.Zero, due[0]);
        Assert.Equal(Gap, due[^1]);
    }

    [Fact]
    public void What_was_left_undone_is_due_at_once()
    {
        painter.DrawAgain();
        Assert.Equal(TimeSpan.Zero, painter.Due(Gap));
        painter.Draw();
        Assert.Null(painter.Due(Gap));
    }

    public void Dispose()
    {
        screen.Dispose();
        label.Dispose();
        root.Dispose();
    }
}
