using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Widgets;

/// <summary>
/// Draws one pane: a title line with its tabs, a heading, then the rows it is given. Holds nothing but what it draws next.
/// </summary>
internal sealed class PaneView : PaintedView
{
    private PaneContent content = new("", "", []);
    private bool focused;
    private int headingRows;

    public PaneView(Func<ScreenTheme> theme)
        : base(theme)
    {
    }

    /// <param name="heading">Rows of the heading that there is room for.</param>
    public void Show(PaneContent next, bool isFocused, int heading)
    {
        var isNews = focused != isFocused || headingRows != heading || !next.ShowsTheSameAs(content);
        (content, focused, headingRows) = (next, isFocused, heading);
        Redraw(isNews);
    }

    protected override void Paint(CellSurface surface, ScreenTheme theme)
    {
        DrawTitle(surface, theme);
        for (var y = 0; y < headingRows; y++)
        {
            RowPainter.Paint(surface, y + 1, y < content.Heading.Count ? content.Heading[y] : Row.Blank, theme);
        }

        var first = 1 + headingRows;
        for (var y = first; y < surface.Height; y++)
        {
            var row = y - first < content.Rows.Count ? content.Rows[y - first] : Row.Blank;
            RowPainter.Paint(surface, y, row, theme, Highlight(y - first));
        }
    }

    private StyleRole? Highlight(int row) =>
        row != content.SelectedRow ? null : focused ? StyleRole.Selected : StyleRole.SelectedUnfocused;

    private void DrawTitle(CellSurface surface, ScreenTheme theme)
    {
        var rule = theme[StyleRole.Rule];
        surface.Fill(0, 0, surface.Width, 1, rule, '─');
        var note = content.Note.Length == 0 ? "" : $" {content.Note} ";
        // Tabs are worth more than the note.
        var tabs = content.Tabs.Count == 0 ? 0 : TabStrip.Start(content) + TabStrip.Width(content);
        var noteFits = CellText.Width(note) < surface.Width - (tabs <= surface.Width - 3 ? Math.Max(8, tabs + 3) : 8);
        var room = Math.Max(0, surface.Width - 3 - (noteFits ? CellText.Width(note) : 0));
        var style = theme[focused ? StyleRole.TitleFocused : StyleRole.Title];
        var x = surface.Put(1, 0, CellText.Truncate(SafeText.Clean($" {content.Title} "), room), style);
        DrawTabs(surface, x + 1, room, theme, style);
        if (noteFits)
        {
            surface.Put(surface.Width - CellText.Width(note) - 1, 0, note, theme[StyleRole.Title]);
        }
    }

    /// <summary>All tabs where they fit, else the one that is shown, with its place among them.</summary>
    private void DrawTabs(CellSurface surface, int x, int end, ScreenTheme theme, Attribute shown)
    {
        if (content.Tabs.Count == 0)
        {
            return;
        }

        if (x + TabStrip.Width(content) > end + 1)
        {
            surface.Put(
                x, 0, CellText.Truncate($" {content.Tabs[content.Tab]} {content.Tab + 1}/{content.Tabs.Count} ", Math.Max(0, end - x)),
                shown);
            return;
        }

        for (var i = 0; i < content.Tabs.Count; i++)
        {
            // Brackets mark the tab where no colour does.
            x = surface.Put(
                x, 0, i == content.Tab ? $"[{content.Tabs[i]}]" : $" {content.Tabs[i]} ",
                i == content.Tab ? shown : theme[StyleRole.Title]);
        }
    }
}
