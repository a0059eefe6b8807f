using OpsManager.Tui.Terminal;
using OpsManager.Tui.Themes;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Screen;

/// <summary>The line between the columns.</summary>
public sealed class RuleView : View
{
    private readonly Func<Theme> theme;

    public RuleView(Func<Theme> theme)
    {
        this.theme = theme;
        CanFocus = false;
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var surface = new CellSurface(this);
        surface.Fill(0, 0, surface.Width, surface.Height, theme()[StyleRole.Rule], '│');
        return true;
    }
}
