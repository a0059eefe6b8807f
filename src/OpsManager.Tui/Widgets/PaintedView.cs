using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Widgets;

/// <summary>A view that paints every one of its cells itself and never has the focus: the screen knows where the operator is.</summary>
internal abstract class PaintedView : View
{
    private readonly Func<ScreenTheme> theme;
    private ScreenTheme? drawn;

    /// <param name="theme">Gives the theme in force, asked again at every drawing.</param>
    protected PaintedView(Func<ScreenTheme> theme)
    {
        this.theme = theme;
        CanFocus = false;
    }

    /// <summary>
    /// Draws again where there is something new to draw: other content, or another theme. The clock's tick mostly brings
    /// neither.
    /// </summary>
    protected void Redraw(bool isNews)
    {
        var now = theme();
        if (isNews || !ReferenceEquals(now, drawn))
        {
            drawn = now;
            SetNeedsDraw();
        }
    }

    /// <summary>Paints the whole surface.</summary>
    protected abstract void Paint(CellSurface surface, ScreenTheme theme);

    /// <summary>Nothing needs to be blanked first: every cell is painted.</summary>
    protected sealed override bool OnClearingViewport() => true;

    protected sealed override bool OnDrawingContent(DrawContext? context)
    {
        Paint(new CellSurface(this), theme());
        return true;
    }
}
