using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Screen;

/// <summary>Draws one pane: a title line, then the rows it is given. Holds nothing but what it draws next.</summary>
public sealed class PaneView : PaintedView
{
    private PaneContent content = new("", "", []);
    private bool focused;

    public PaneView(Func<Theme> theme)
        : base(theme)
    {
    }

    public void Show(PaneContent next, bool isFocused)
    {
        (content, focused) = (next, isFocused);
        SetNeedsDraw();
    }

    protected override void Paint(CellSurface surface, Theme theme)
    {
        DrawTitle(surface, theme);
        for (var y = 1; y < surface.Height; y++)
        {
            var row = y - 1 < content.Rows.Count ? content.Rows[y - 1] : Row.Blank;
            RowPainter.Paint(surface, y, row, theme, Highlight(y - 1));
        }
    }

    private StyleRole? Highlight(int row) => row != content.SelectedRow ? null : focused ? StyleRole.Selected : StyleRole.SelectedUnfocused;

    private void DrawTitle(CellSurface surface, Theme theme)
    {
        var rule = theme[StyleRole.Rule];
        surface.Fill(0, 0, surface.Width, 1, rule, '─');
        var note = content.Note.Length == 0 ? "" : $" {content.Note} ";
        var room = Math.Max(0, surface.Width - 3 - CellText.Width(note));
        var title = CellText.Truncate(SafeText.Clean($" {content.Title} "), room);
        surface.Put(1, 0, title, theme[focused ? StyleRole.TitleFocused : StyleRole.Title]);
        if (CellText.Width(note) < surface.Width - 8)
        {
            surface.Put(surface.Width - CellText.Width(note) - 1, 0, note, theme[StyleRole.Title]);
        }
    }
}
