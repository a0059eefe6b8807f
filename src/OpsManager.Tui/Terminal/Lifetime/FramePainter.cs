using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.App;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>Draws what the views want to be drawn, no faster than the line carries it and never without a pause for ever.</summary>
/// <param name="application">Whose views they are.</param>
internal sealed class FramePainter(IApplication application)
{
    // A view may ask for another draw while it draws; one that always does must not become a busy loop.
    private const int MaxImmediateTurns = 3;

    private bool drawAgain;
    private int immediateTurns;
    private TimeSpan held;

    /// <summary>How long until it has to draw again; null where nothing wants that.</summary>
    /// <param name="frameGap">The pause between frames of views that always want to be drawn again.</param>
    public TimeSpan? Due(TimeSpan frameGap) =>
        held > TimeSpan.Zero ? held
        : !drawAgain ? null
        : immediateTurns <= MaxImmediateTurns ? TimeSpan.Zero : frameGap;

    /// <summary>Draws, unless frames before are still on their way.</summary>
    public void Draw()
    {
        // Keys and posts go on meanwhile: what is drawn then is the newest, once.
        held = application.Driver?.GetOutput() is DiffOutput { Wait: var wait } ? wait : TimeSpan.Zero;
        if (held > TimeSpan.Zero)
        {
            return;
        }

        application.LayoutAndDraw();
        application.Navigation!.UpdateCursor();
        application.Driver!.SetCursorNeedsUpdate(false);
        (application.Driver.GetOutput() as DiffOutput)?.Flush();
        drawAgain = WantsDrawing();
        immediateTurns = drawAgain ? immediateTurns + 1 : 0;
    }

    /// <summary>Something was left undone: it is drawn again at once.</summary>
    public void DrawAgain()
    {
        drawAgain = true;
        immediateTurns = 0;
    }

    private bool WantsDrawing()
    {
        foreach (var session in application.SessionStack!)
        {
            if (session.Runnable is View { } view && (view.NeedsDraw || view.NeedsLayout))
            {
                return true;
            }
        }

        return false;
    }
}
