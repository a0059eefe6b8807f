using OpsManager.Configuration.Files;
using OpsManager.Configuration.Yaml;
using OpsManager.Sources.Files;

namespace OpsManager.Configuration.Themes;

/// <summary>Themes by name, shipped and the user's.</summary>
public sealed class ThemeCatalog(UserFiles user) : IThemeSource
{
    private const string Kind = "themes";

    private readonly Dictionary<string, FileProbe> loaded = [];

    public Catalog Files { get; } = new(Kind, user);

    public IReadOnlyList<string> Names => Files.Names;

    public Theme Load(string name)
    {
        // Before it is read: a change in between is then seen next time.
        loaded[name] = user.Probe(Kind, name);
        return Read(Files.Find(name), name);
    }

    public bool Changed(string name) => loaded.TryGetValue(name, out var before) && user.Probe(Kind, name) != before;

    /// <summary>A shipped theme, whatever the user has.</summary>
    public static Theme Shipped(string name) => Read(ShippedFiles.Read(Kind, name), name);

    private static Theme Read(SettingsFile file, string name)
    {
        var theme = ThemeReader.Read(file.File, file.Text);
        return Catalog.Named(file, name, theme.Name, theme);
    }
}
