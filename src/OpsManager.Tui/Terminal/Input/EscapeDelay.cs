using System.Globalization;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>How long ESC may still become the beginning of a key sequence.</summary>
internal static class EscapeDelay
{
    /// <summary>For a terminal of this host.</summary>
    public static readonly TimeSpan Local = TimeSpan.FromMilliseconds(60);

    /// <summary>Over SSH, where a sequence may come in two packets.</summary>
    public static readonly TimeSpan Remote = TimeSpan.FromMilliseconds(300);

    private const int MaxMilliseconds = 10_000;

    /// <summary>ESCDELAY in milliseconds, as ncurses takes it and at most ten seconds; else longer over SSH.</summary>
    /// <param name="variable">Gives the value of a variable, or null when it is not set.</param>
    public static TimeSpan From(Func<string, string?> variable) =>
        int.TryParse(variable("ESCDELAY"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, MaxMilliseconds))
        : variable("SSH_CONNECTION") is { Length: > 0 } || variable("SSH_TTY") is { Length: > 0 } ? Remote
        : Local;
}
