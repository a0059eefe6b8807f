using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Widgets;

/// <summary>Paints one row of spans over the whole width.</summary>
internal static class RowPainter
{
    /// <param name="highlight">The role that the whole row takes, except what calls in it; null to leave each span its own.</param>
    public static void Paint(
        CellSurface surface, int y, Row row, ScreenTheme theme, StyleRole? highlight = null, StyleRole background = StyleRole.Text)
    {
        var x = 0;
        Attribute rest = theme[highlight ?? background];
        foreach (var span in row.Spans)
        {
            var style = highlight is { } role ? theme.On(span.Role, role) : theme[span.Role];
            if (highlight is null && span.Color is { } name && NamedColor.Parse(name) is { } color)
            {
                style = new Attribute(color, style.Background, style.Style);
            }
            else if (highlight is null && span.Ink is { } ink)
            {
                style = theme.Inked(span.Role, ink.Foreground, ink.Background, ink.Styles);
            }

            // A line under the text would hide the line that "_" is.
            if (style.Style.HasFlag(TextStyle.Underline) && span.Text.Contains('_', StringComparison.Ordinal))
            {
                style = new Attribute(style.Foreground, style.Background, (style.Style & ~TextStyle.Underline) | TextStyle.Bold);
            }

            x = span.Width is { } width ? surface.PutFitted(x, y, span.Text, width, style, rest) : surface.Put(x, y, span.Text, style);
        }

        surface.FillRow(x, y, rest);
    }
}
