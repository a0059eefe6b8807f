using System.Drawing;

namespace OpsManager.Tui.Palette;

/// <summary>Which of the choices have room in their box.</summary>
internal static class ChoiceWindow
{
    /// <summary>The first choice that is visible.</summary>
    public static int Top(PromptState prompt, int count, Rectangle area)
    {
        var height = area.Height - 2;
        return Math.Clamp(Math.Clamp(prompt.Choice, 0, Math.Max(0, count - 1)) - (height / 2), 0, Math.Max(0, count - height));
    }
}
