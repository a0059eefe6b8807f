using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Terminal.Output;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>How the screen uses the terminal.</summary>
public sealed record TerminalOptions
{
    /// <summary>Colours to use.</summary>
    public ColorDepth Depth { get; init; } = ColorDepth.True;

    /// <summary>Draw with ASCII only, for a terminal or locale that is not UTF-8.</summary>
    public bool Ascii { get; init; }

    /// <summary>Take mouse reports; off, the terminal's own selection works. Only with our own loop.</summary>
    public bool Mouse { get; init; }

    /// <summary>What stands between us and the terminal, and has to be told to let a copy through.</summary>
    public Multiplexer Multiplexer { get; init; }

    /// <summary>Use the library's own loop and driver without trying ours.</summary>
    public bool ForceLibrary { get; init; }

    /// <summary>How long ESC may still become the beginning of a key sequence; a lone Esc acts after that.</summary>
    public TimeSpan EscapeWait { get; init; } = EscapeDelay.Local;

    /// <summary>Called behind each picture that was sent; null where nobody wants to know.</summary>
    public Action? Sent { get; init; }

    /// <summary>
    /// Decides from the environment: colours (<see cref="ColorDepthRule"/>), ASCII where the locale is not UTF-8, the wait after ESC
    /// (ESCDELAY in milliseconds as ncurses takes it, else longer over SSH), and the fallback where OPS_MANAGER_TERMINAL is "library".
    /// </summary>
    /// <param name="variable">Gives the value of a variable, or null when it is not set.</param>
    /// <param name="colorFlag">One of <see cref="ColorDepthRule.FlagValues"/>, or null.</param>
    /// <exception cref="ArgumentException">The flag has an unknown value.</exception>
    public static TerminalOptions From(Func<string, string?> variable, string? colorFlag = null) => new()
    {
        Depth = ColorDepthRule.Decide(variable, colorFlag),
        Ascii = !IsUtf8(variable),
        Multiplexer = MultiplexerOf(variable),
        EscapeWait = EscapeDelay.From(variable),
        ForceLibrary = string.Equals(variable("OPS_MANAGER_TERMINAL"), "library", StringComparison.OrdinalIgnoreCase),
    };

    private static Multiplexer MultiplexerOf(Func<string, string?> variable) =>
        variable("TMUX") is { Length: > 0 } ? Multiplexer.Tmux
        : variable("STY") is { Length: > 0 } ? Multiplexer.Screen
        : Multiplexer.None;

    /// <summary>
    /// The variable that decides which characters the locale takes, with its value; null where none is set, which counts as UTF-8.
    /// </summary>
    /// <remarks>
    /// The first one that is set decides (POSIX). None set is common in containers and ssh, on terminals that do take UTF-8.
    /// </remarks>
    public static (string Name, string Value)? Locale(Func<string, string?> variable)
    {
        foreach (var name in new[] { "LC_ALL", "LC_CTYPE", "LANG" })
        {
            if (variable(name) is { Length: > 0 } locale)
            {
                return (name, locale);
            }
        }

        return null;
    }

    private static bool IsUtf8(Func<string, string?> variable) => Locale(variable) is not var (_, locale)
        || locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
}
