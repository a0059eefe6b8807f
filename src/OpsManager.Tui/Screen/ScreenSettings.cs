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

    public required Keymap Keymap { get; init; }

    public bool IsDemo { get; init; }
}
