using System.Runtime.CompilerServices;
using Terminal.Gui.Configuration;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// The library configures itself, as soon as it is loaded, from <c>./.tui/</c> of the current directory, which is an agent's work
/// tree, and from the home directory and <c>TUI_CONFIG</c>. This puts its own defaults back, with what we want on top.
/// </summary>
internal static class LibrarySettings
{
    // No dialog shadows: they are drawn with blocks, and after everything else.
    private const string Plain = """{"Theme":"Default"}""";

    private const string AsciiGlyphs = """
        {"Theme":"Default","Themes":{"Default":{"Glyphs":{
        "HLine":"-","VLine":"|","ULCorner":"+","URCorner":"+","LLCorner":"+","LRCorner":"+",
        "ULCornerR":"+","URCornerR":"+","LLCornerR":"+","LRCornerR":"+",
        "HLineDbl":"=","VLineDbl":"|","ULCornerDbl":"+","URCornerDbl":"+","LLCornerDbl":"+","LRCornerDbl":"+",
        "HLineHv":"=","VLineHv":"|","LeftTee":"+","RightTee":"+","TopTee":"+","BottomTee":"+","Cross":"+",
        "LeftBracket":"[","RightBracket":"]","LeftDefaultIndicator":">","RightDefaultIndicator":"<",
        "CheckStateChecked":"x","CheckStateUnChecked":" ","CheckStateNone":"?","Selected":"*","UnSelected":" ",
        "HorizontalEllipsis":".","VerticalFourDots":":","BlocksMeterSegment":"#","ContinuousMeterSegment":"#","Stipple":".","Diamond":"o",
        "Close":"x","Minimize":"_","Maximize":"^","Collapse":"-","Expand":"+","Dot":".","BlackCircle":"*",
        "UpArrow":"^","DownArrow":"v","LeftArrow":"<","RightArrow":">","File":" ","Folder":" "
        }}}}
        """;

    /// <summary>
    /// The library has read nothing, and its settings are those it was built with: the native executable leaves its reading out
    /// (TerminalGui.Substitutions.xml, which makes this true).
    /// </summary>
    public static bool AreUntouched => false;

    /// <summary>Puts the settings back; the first thing before any application is made.</summary>
    public static void Reset(bool asciiGlyphs)
    {
        var builder = NewBuilder();
        builder.RuntimeConfig = asciiGlyphs ? AsciiGlyphs : Plain;
        builder.ApplyToStaticFacades();
    }

    private static TuiConfigurationBuilder NewBuilder()
    {
        try
        {
            return WithoutUserSources("ops-manager", "/nonexistent", false);
        }
        catch (MissingMethodException)
        {
            // Another version of the library: the current directory is kept out all the same, the home directory is not.
            return new TuiConfigurationBuilder("ops-manager", "/nonexistent");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern TuiConfigurationBuilder WithoutUserSources(
        string? applicationName, string? currentDirectory, bool includeUserSources);
}
