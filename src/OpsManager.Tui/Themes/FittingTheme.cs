using OpsManager.Configuration.Themes;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Tui.Themes;

/// <summary>The default theme for a terminal.</summary>
public static class FittingTheme
{
    public static DefaultTheme For(TerminalOptions terminal) => terminal switch
    {
        { Depth: ColorDepth.None } => new("mono", "the default without colours"),
        { Depth: ColorDepth.Sixteen } => new("sixteen", "the default with sixteen colours"),
        { ForceLibrary: true } => new("sixteen", "the default with sixteen colours, which are all that the library's driver sends"),
        _ => DefaultTheme.Dark,
    };
}
