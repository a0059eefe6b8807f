using OpsManager.Core.Fold;
using OpsManager.Sources;
using OpsManager.Tui.Keys;
using OpsManager.Tui.Terminal;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Screen;

/// <summary>What a screen is made of.</summary>
public sealed record ScreenSettings
{
    public required IReadOnlyList<ISource> Sources { get; init; }

    public required Reducer Reducer { get; init; }

    public required TimeProvider Time { get; init; }

    public required TerminalOptions Terminal { get; init; }

    public required Theme Theme { get; init; }

    /// <summary>Where other themes come from while the screen runs.</summary>
    public required IThemeSource Themes { get; init; }

    public required Keymap Keymap { get; init; }

    public bool IsDemo { get; init; }

    /// <summary>What is wrong with the user's settings, in one line; null where nothing is.</summary>
    public string? Notice { get; init; }
}
