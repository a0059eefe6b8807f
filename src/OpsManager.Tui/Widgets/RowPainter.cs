using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Widgets;

/// <summary>Paints one row of spans over the whole width.</summary>
internal static class RowPainter
{
    /// <param name="highlight">The role that the whole row takes; null to leave each span its own.</param>
    public static void Paint(
        CellSurface surface, int y, Row row, ScreenTheme theme, StyleRole? highlight = null, StyleRole background = StyleRole.Text)
    {
        var x = 0;
        foreach (var span in row.Spans)
        {
            var style = highlight is { } role ? theme[role] : theme[span.Role];
            if (highlight is null && span.Color is { } name && NamedColor.Parse(name) is { } color)
            {
                style = new Attribute(color, style.Background, style.Style);
            }
            else if (highlight is null && span.Ink is { } ink)
            {
                style = theme.Inked(span.Role, ink.Foreground, ink.Background, ink.Styles);
            }

            x = span.Width is { } width ? surface.PutFitted(x, y, span.Text, width, style) : surface.Put(x, y, span.Text, style);
        }

        Attribute rest = theme[highlight ?? background];
        surface.FillRow(x, y, rest);
    }
}
