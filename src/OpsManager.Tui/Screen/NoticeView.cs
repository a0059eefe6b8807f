using OpsManager.Tui.Terminal;
using OpsManager.Tui.Themes;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Screen;

/// <summary>All that is shown in a terminal that is too small for anything.</summary>
public sealed class NoticeView : View
{
    private readonly Func<Theme> theme;
    private readonly string text;

    public NoticeView(Func<Theme> theme, string text)
    {
        (this.theme, this.text) = (theme, text);
        CanFocus = false;
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var surface = new CellSurface(this);
        surface.Clear(theme()[StyleRole.Text]);
        surface.PutRow(0, text, theme()[StyleRole.Waiting]);
        return true;
    }
}
