using OpsManager.Configuration.Yaml;

namespace OpsManager.Configuration.Themes;

/// <summary>Where themes come from while the screen runs.</summary>
public interface IThemeSource
{
    /// <summary>Every theme there is now, shipped or the user's, in the order of their names.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Reads a theme.</summary>
    /// <exception cref="SettingsException">There is no such theme, or its file cannot be used; the message names file and
    /// line.</exception>
    Theme Load(string name);

    /// <summary>
    /// Whether the user's file of that name is another one than when it was last loaded, well or not; cheap enough for every second.
    /// False for a shipped theme, and for one that was never loaded.
    /// </summary>
    bool Changed(string name);
}
