using OpsManager.Configuration.Themes;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Widgets;

/// <summary>The line between the columns.</summary>
internal sealed class RuleView : PaintedView
{
    public RuleView(Func<ScreenTheme> theme)
        : base(theme)
    {
    }

    protected override void Paint(CellSurface surface, ScreenTheme theme) =>
        surface.Fill(0, 0, surface.Width, surface.Height, theme[StyleRole.Rule], '│');
}
