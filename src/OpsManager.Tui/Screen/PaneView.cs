using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Screen;

/// <summary>Draws one pane: a title line, then the rows it is given. Holds nothing but what it draws next.</summary>
public sealed class PaneView : View
{
    private readonly Func<Theme> theme;
    private PaneContent content = new("", "", []);
    private bool focused;

    public PaneView(Func<Theme> theme)
    {
        this.theme = theme;
        CanFocus = false;
    }

    public void Show(PaneContent next, bool isFocused)
    {
        (content, focused) = (next, isFocused);
        SetNeedsDraw();
    }

    /// <summary>Every cell is painted below, so nothing needs to be blanked first.</summary>
    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var surface = new CellSurface(this);
        var look = theme();
        DrawTitle(surface, look);
        for (var y = 1; y < surface.Height; y++)
        {
            var row = y - 1 < content.Rows.Count ? content.Rows[y - 1] : Row.Blank;
            RowPainter.Paint(surface, y, row, look, Highlight(y - 1));
        }

        return true;
    }

    private StyleRole? Highlight(int row) => row != content.SelectedRow ? null : focused ? StyleRole.Selected : StyleRole.SelectedUnfocused;

    private void DrawTitle(CellSurface surface, Theme look)
    {
        var rule = look[StyleRole.Rule];
        surface.Fill(0, 0, surface.Width, 1, rule, '─');
        var note = content.Note.Length == 0 ? "" : $" {content.Note} ";
        var room = Math.Max(0, surface.Width - 3 - CellText.Width(note));
        var title = CellText.Truncate(SafeText.Clean($" {content.Title} "), room);
        surface.Put(1, 0, title, look[focused ? StyleRole.TitleFocused : StyleRole.Title]);
        if (CellText.Width(note) < surface.Width - 8)
        {
            surface.Put(surface.Width - CellText.Width(note) - 1, 0, note, look[StyleRole.Title]);
        }
    }
}
