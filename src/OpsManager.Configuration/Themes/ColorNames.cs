namespace OpsManager.Configuration.Themes;

/// <summary>The sixteen colours that terminals know by number and people by name, in the order of their numbers.</summary>
public static class ColorNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ];
}
