using OpsManager.Configuration.Themes;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Widgets;

/// <summary>All that is shown in a terminal that is too small for anything.</summary>
internal sealed class NoticeView : PaintedView
{
    private readonly string text;

    public NoticeView(Func<ScreenTheme> theme, string text)
        : base(theme) => this.text = text;

    protected override void Paint(CellSurface surface, ScreenTheme theme)
    {
        surface.Clear(theme[StyleRole.Text]);
        surface.PutRow(0, text, theme[StyleRole.Waiting]);
    }
}
