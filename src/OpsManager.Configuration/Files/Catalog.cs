using OpsManager.Configuration.Yaml;

namespace OpsManager.Configuration.Files;

/// <summary>Files of one kind by name: the shipped ones and the user's. A user's file with a shipped name wins.</summary>
/// <param name="kind">"themes" or "keymaps".</param>
public sealed class Catalog(string kind, UserFiles user)
{
    /// <summary>Every name there is now, in order.</summary>
    public IReadOnlyList<string> Names => [.. ShippedFiles.Names(kind).Union(user.Names(kind)).Order(StringComparer.Ordinal)];

    public bool IsShipped(string name) => ShippedFiles.Names(kind).Contains(name);

    /// <summary>What a shipped file is called.</summary>
    public string Shipped(string name) => $"{kind}/{name}.yaml";

    /// <summary>The user's file of that name, or the shipped one.</summary>
    /// <exception cref="SettingsException">There is none, or it cannot be read.</exception>
    public SettingsFile Find(string name) => user.Find(kind, name) ?? ShippedFiles.Find(kind, name) ?? throw Unknown(name);

    /// <summary>The message for a name that does not exist.</summary>
    public SettingsException Unknown(string name) =>
        new($"there is no {kind[..^1]} {SettingsYaml.Quote(name)}; {kind} are {string.Join(", ", Names)}");

    /// <summary>Refuses a file that calls itself by another name than it is found by, so that a name means one thing.</summary>
    public static T Named<T>(SettingsFile file, string name, string inside, T read) => name == inside
        ? read
        : throw new SettingsException(
            $"{file.File}, line 1: its name is {SettingsYaml.Quote(inside)}; it must be \"{name}\", as the file's name is");
}
