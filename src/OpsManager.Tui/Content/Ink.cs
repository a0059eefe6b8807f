using OpsManager.Configuration.Themes;

namespace OpsManager.Tui.Content;

/// <summary>Colours and style that a text brings with it, over those of its role.</summary>
/// <param name="Foreground"><see cref="ThemeColor.None"/> for that of the role.</param>
/// <param name="Background"><see cref="ThemeColor.None"/> for that of the role.</param>
internal readonly record struct Ink(ThemeColor Foreground, ThemeColor Background, TextStyles Styles)
{
    public static readonly Ink Bold = new(default, default, TextStyles.Bold);
    public static readonly Ink Italic = new(default, default, TextStyles.Italic);
}
