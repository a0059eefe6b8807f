using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Widgets;

/// <summary>Draws a line across the screen: one row from the left and one at the right.</summary>
internal sealed class BarView : PaintedView
{
    private readonly StyleRole background;
    private Row left = Row.Blank;
    private Row right = Row.Blank;

    public BarView(Func<ScreenTheme> theme, StyleRole background)
        : base(theme) => this.background = background;

    public void Show(Row atLeft, Row atRight)
    {
        var isNews = !atLeft.ShowsTheSameAs(left) || !atRight.ShowsTheSameAs(right);
        (left, right) = (atLeft, atRight);
        Redraw(isNews);
    }

    protected override void Paint(CellSurface surface, ScreenTheme theme)
    {
        var width = right.Spans.Sum(static span => CellText.Width(span.Text));
        var room = Math.Max(0, surface.Width - width);
        RowPainter.Paint(surface.Part(0, 0, room, 1), 0, left, theme, background: background);
        RowPainter.Paint(surface.Part(room, 0, width, 1), 0, right, theme, background: background);
    }
}
