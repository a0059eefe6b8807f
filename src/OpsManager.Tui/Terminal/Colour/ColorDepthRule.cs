namespace OpsManager.Tui.Terminal.Colour;

/// <summary>
/// Decides the colour depth: an explicit flag, then a non-empty NO_COLOR, then COLORTERM, then TERM. The terminal itself is never
/// asked, because the answer would arrive as keys.
/// </summary>
public static class ColorDepthRule
{
    /// <summary>Values the flag takes; "auto" and null leave the decision to the environment.</summary>
    public static IReadOnlyList<string> FlagValues { get; } = ["auto", "none", "16", "256", "true"];

    /// <summary>Decides from environment variables read by <paramref name="variable"/>.</summary>
    /// <param name="variable">Gives the value of a variable, or null when it is not set.</param>
    /// <param name="flag">One of <see cref="FlagValues"/>, in any case, or null.</param>
    /// <exception cref="ArgumentException">The flag is none of <see cref="FlagValues"/>.</exception>
    public static ColorDepth Decide(Func<string, string?> variable, string? flag = null) => Explain(variable, flag).Depth;

    /// <summary>As <see cref="Decide(Func{string, string?}, string?)"/>, with what decided in words for people.</summary>
    /// <inheritdoc cref="Decide(Func{string, string?}, string?)"/>
    public static (ColorDepth Depth, string Why) Explain(Func<string, string?> variable, string? flag = null)
    {
        switch (flag?.ToLowerInvariant())
        {
            case null or "auto":
                break;
            case "none":
                return (ColorDepth.None, "set by flag");
            case "16":
                return (ColorDepth.Sixteen, "set by flag");
            case "256":
                return (ColorDepth.TwoFiftySix, "set by flag");
            case "true":
                return (ColorDepth.True, "set by flag");
            default:
                throw new ArgumentException($"'{flag}' is not a colour depth; use one of: {string.Join(", ", FlagValues)}", nameof(flag));
        }

        // no-color.org: present and not empty, whatever the value.
        if (!string.IsNullOrEmpty(variable("NO_COLOR")))
        {
            return (ColorDepth.None, "NO_COLOR is set");
        }

        if (variable("COLORTERM")?.ToLowerInvariant() is "truecolor" or "24bit")
        {
            return (ColorDepth.True, $"COLORTERM is {variable("COLORTERM")}");
        }

        var terminal = variable("TERM")?.ToLowerInvariant() ?? "";
        if (terminal is "" or "dumb" or "vt100" or "vt102" or "vt220")
        {
            return (ColorDepth.None, terminal.Length == 0 ? "TERM is not set" : $"TERM is {terminal}, which has none");
        }

        if (terminal.EndsWith("-direct", StringComparison.Ordinal) || terminal.Contains("truecolor", StringComparison.Ordinal)
            || terminal is "xterm-kitty" or "xterm-ghostty" or "alacritty" or "foot" or "wezterm")
        {
            return (ColorDepth.True, $"TERM is {terminal}");
        }

        return terminal.Contains("256", StringComparison.Ordinal)
            ? (ColorDepth.TwoFiftySix, $"TERM is {terminal} and COLORTERM does not say truecolor")
            : (ColorDepth.Sixteen, $"TERM is {terminal}, which does not say that there are more");
    }

    /// <summary>Decides from a table of environment variables.</summary>
    /// <inheritdoc cref="Decide(Func{string, string?}, string?)"/>
    public static ColorDepth Decide(IReadOnlyDictionary<string, string?> variables, string? flag = null) =>
        Decide(name => variables.GetValueOrDefault(name), flag);
}
