using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal;
using OpsManager.Tui.Themes;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Screen;

/// <summary>Draws the help over the panes, in a frame of its own.</summary>
public sealed class HelpView : View
{
    private readonly Func<Theme> theme;
    private PaneContent content = new("", "", []);

    public HelpView(Func<Theme> theme)
    {
        this.theme = theme;
        CanFocus = false;
    }

    public void Show(PaneContent next)
    {
        content = next;
        SetNeedsDraw();
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var surface = new CellSurface(this);
        var look = theme();
        var rule = look[StyleRole.TitleFocused];
        var (right, bottom) = (surface.Width - 1, surface.Height - 1);
        surface.Fill(0, 0, surface.Width, 1, rule, '─');
        surface.Fill(0, bottom, surface.Width, 1, rule, '─');
        surface.Fill(0, 0, 1, surface.Height, rule, '│');
        surface.Fill(right, 0, 1, surface.Height, rule, '│');
        surface.Put(0, 0, "┌", rule);
        surface.Put(right, 0, "┐", rule);
        surface.Put(0, bottom, "└", rule);
        surface.Put(right, bottom, "┘", rule);
        surface.Put(2, 0, $" {content.Title} ", rule);
        surface.Put(2, bottom, $" {content.Note} ", look[StyleRole.Title]);
        var inner = surface.Part(1, 1, surface.Width - 2, surface.Height - 2);
        for (var y = 0; y < inner.Height; y++)
        {
            RowPainter.Paint(inner, y, y < content.Rows.Count ? content.Rows[y] : Row.Blank, look);
        }

        return true;
    }
}
