using System.Reflection;
using OpsManager.Configuration.Yaml;

namespace OpsManager.Configuration.Files;

/// <summary>Themes and keymaps that travel inside the executable.</summary>
public static class ShippedFiles
{
    private static readonly Assembly Here = typeof(ShippedFiles).Assembly;

    /// <summary>The names of the files of a kind, "themes" or "keymaps".</summary>
    public static IReadOnlyList<string> Names(string kind) =>
    [
        .. Here.GetManifestResourceNames().Where(name => name.StartsWith($"{kind}/", StringComparison.Ordinal))
            .Select(name => name[(kind.Length + 1)..^".yaml".Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>A file of a kind by name, or null.</summary>
    public static SettingsFile? Find(string kind, string name) => Names(kind).Contains(name) ? Read(kind, name) : null;

    /// <summary>A file of a kind that is shipped.</summary>
    public static SettingsFile Read(string kind, string name)
    {
        var file = $"{kind}/{name}.yaml";
        using var stream = Here.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not in this executable: the build left it out");
        using var reader = new StreamReader(stream);
        return new(file, reader.ReadToEnd());
    }
}
