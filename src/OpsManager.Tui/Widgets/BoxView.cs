using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Widgets;

/// <summary>Draws a text or a list over the panes, in a frame of its own.</summary>
internal sealed class BoxView : PaintedView
{
    private PaneContent content = new("", "", []);

    public BoxView(Func<ScreenTheme> theme)
        : base(theme)
    {
    }

    public void Show(PaneContent next)
    {
        var isNews = !next.ShowsTheSameAs(content);
        content = next;
        Redraw(isNews);
    }

    protected override void Paint(CellSurface surface, ScreenTheme theme)
    {
        var title = theme[StyleRole.TitleFocused];
        // A line under a frame would look like a second frame.
        var rule = new Attribute(title.Foreground, title.Background, title.Style & ~TextStyle.Underline);
        var (right, bottom) = (surface.Width - 1, surface.Height - 1);
        surface.Fill(0, 0, surface.Width, 1, rule, '─');
        surface.Fill(0, bottom, surface.Width, 1, rule, '─');
        surface.Fill(0, 0, 1, surface.Height, rule, '│');
        surface.Fill(right, 0, 1, surface.Height, rule, '│');
        surface.Put(0, 0, "┌", rule);
        surface.Put(right, 0, "┐", rule);
        surface.Put(0, bottom, "└", rule);
        surface.Put(right, bottom, "┘", rule);
        var room = Math.Max(0, surface.Width - 6);
        surface.Put(2, 0, CellText.Truncate(SafeText.Clean($" {content.Title} "), room), title);
        surface.Put(2, bottom, CellText.Truncate(SafeText.Clean($" {content.Note} "), room), theme[StyleRole.Title]);
        var inner = surface.Part(1, 1, surface.Width - 2, surface.Height - 2);
        for (var y = 0; y < inner.Height; y++)
        {
            RowPainter.Paint(
                inner, y, y < content.Rows.Count ? content.Rows[y] : Row.Blank, theme,
                y == content.SelectedRow ? StyleRole.Selected : null);
        }
    }
}
