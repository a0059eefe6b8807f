using OpsManager.Tui.Terminal.Lifetime;

namespace OpsManager.Tui.Session;

/// <summary>A screen on a terminal: what it is made of, and what of it belongs to the terminal.</summary>
public sealed record SessionSettings
{
    public required ScreenSettings Screen { get; init; }

    public required TerminalOptions Terminal { get; init; }

    /// <summary>Of the terminal's window.</summary>
    public required string Title { get; init; }

    /// <summary>Where this session is kept; null to forget it.</summary>
    public ISessionStore? Store { get; init; }

    /// <summary>See <see cref="ScreenTerminal.RunPager"/>; the terminal is lent while it runs.</summary>
    public required Func<string, string, int?, string?> RunPager { get; init; }
}
