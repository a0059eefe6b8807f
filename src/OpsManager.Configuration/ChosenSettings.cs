using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;


namespace OpsManager.Configuration;

/// <summary>What was chosen, from which file, and why; and what was wrong on the way there.</summary>
/// <param name="Problems">Each a message with file, line and what to do.</param>
public sealed record ChosenSettings(Choice<Theme> Theme, Choice<Keymap> Keymap, IReadOnlyList<string> Problems)
{
    /// <summary>One line for the screen, or null where nothing was wrong.</summary>
    public string? Notice => Problems.Count switch
    {
        0 => null,
        1 => Problems[0],
        var count => $"{Problems[0]} (and {count - 1} more: ops-manager doctor)",
    };
}

/// <summary>One thing that was chosen.</summary>
/// <param name="File">The file that it came from; <c>themes/…</c> and <c>keymaps/…</c> are shipped.</param>
/// <param name="Why">What decided, for people.</param>
public sealed record Choice<T>(T Value, string File, string Why);
