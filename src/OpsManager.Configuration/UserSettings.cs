using System.IO.Abstractions;
using OpsManager.Configuration.Files;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;

namespace OpsManager.Configuration;

/// <summary>
/// Chooses theme and keymap: a flag, then the user's config.yaml, then the default. A file of the user that is broken gives way to
/// a shipped one, with a message; a name on the command line that is none is an error.
/// </summary>
public sealed class UserSettings
{
    private const string DefaultKeymap = "default";

    private readonly List<string> problems = [];

    public UserSettings(UserFiles files)
    {
        (Files, Themes, Keymaps) = (files, new ThemeCatalog(files), new KeymapCatalog(files));
        Config = ReadConfig();
    }

    public UserFiles Files { get; }

    public ThemeCatalog Themes { get; }

    public KeymapCatalog Keymaps { get; }

    /// <summary>What config.yaml says; nothing where it is absent or broken.</summary>
    public UserConfig Config { get; }

    /// <summary>What is wrong with config.yaml; null where nothing is.</summary>
    public string? ConfigFault { get; private set; }

    public static UserSettings Create(IFileSystem files, Func<string, string?> variable) => new(UserFiles.Create(files, variable));

    /// <param name="theme">The name given by a flag, or null.</param>
    /// <param name="keymap">The name given by a flag, or null.</param>
    /// <param name="byDefault">The default theme.</param>
    /// <exception cref="SettingsException">A flag names what is not there.</exception>
    public ChosenSettings Choose(string? theme, string? keymap, DefaultTheme byDefault)
    {
        return new ChosenSettings(
            Choose(Themes.Files, theme, Config.Theme, byDefault.Name, byDefault.Why, Themes.Load, ThemeCatalog.Shipped),
            Choose(Keymaps.Files, keymap, Config.Keymap, DefaultKeymap, "the default", Keymaps.Load, KeymapCatalog.Shipped),
            problems);
    }

    /// <summary>Everything that is wrong with any of the user's files, chosen or not.</summary>
    public IReadOnlyList<string> AllProblems()
    {
        var all = new List<string>(problems);
        Try(Files.Names("themes"), name => Themes.Load(name));
        Try(Files.Names("keymaps"), name => Keymaps.Load(name));
        return [.. all.Distinct(StringComparer.Ordinal)];

        void Try(IEnumerable<string> names, Action<string> load)
        {
            foreach (var name in names)
            {
                try
                {
                    load(name);
                }
                catch (SettingsException error)
                {
                    all.Add(error.Message);
                }
            }
        }
    }

    private Choice<T> Choose<T>(
        Catalog catalog, string? flag, ConfigWord? configured, string byDefault, string whyDefault, Func<string, T> load,
        Func<string, T> shipped)
    {
        if (flag is not null && !catalog.Names.Contains(flag))
        {
            throw catalog.Unknown(flag);
        }

        if (flag is null && configured is not null && !catalog.Names.Contains(configured.Word))
        {
            problems.Add(configured.Fault(catalog.Unknown(configured.Word).Message).Message);
            configured = null;
        }

        var (name, why) = flag is not null
            ? (flag, "set by flag")
            : configured is not null ? (configured.Word, $"chosen in {configured.File}")
            : (byDefault, whyDefault);
        try
        {
            return new Choice<T>(load(name), catalog.Find(name).File, why);
        }
        catch (SettingsException error)
        {
            problems.Add(error.Message);
            var instead = catalog.IsShipped(name) ? name : byDefault;
            return new Choice<T>(
                shipped(instead), catalog.Shipped(instead), $"the shipped one: the file of {SettingsYaml.Quote(name)} cannot be used");
        }
    }

    private UserConfig ReadConfig()
    {
        try
        {
            return Files.Config() is { } file ? UserConfig.Read(file.File, file.Text) : UserConfig.Empty;
        }
        catch (SettingsException error)
        {
            problems.Add(ConfigFault = error.Message);
            return UserConfig.Empty;
        }
    }
}
