using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Yaml;

/// <summary>Reads a command that is given as words, which no shell reads.</summary>
internal static class CommandWords
{
    private const int MaxWords = 64;

    /// <param name="example">Such words, as a message shows them.</param>
    /// <exception cref="SettingsException">It is no list of words, or begins with what is neither an absolute path nor a name
    /// on PATH.</exception>
    public static IReadOnlyList<string> Read(string file, YamlNode node, string key, string example)
    {
        var words = SettingsYaml.Words(file, node, key, $"words, such as {example}: no shell reads it");
        if (words.Count > MaxWords)
        {
            throw SettingsYaml.Fault(file, node, $"\"{key}\" has more than {MaxWords} words");
        }

        if (words.Any(static word => word.Contains('\0', StringComparison.Ordinal)))
        {
            throw SettingsYaml.Fault(file, node, $"\"{key}\" contains a character of code 0, which a command cannot take");
        }

        // The working directory may be anybody's repository: what is there is never run by accident.
        var name = words[0];
        return name.Length > 0 && (name[0] == '/' || !name.Contains('/', StringComparison.Ordinal))
            ? words
            : throw SettingsYaml.Fault(
                file, node, $"the first word of \"{key}\" must be an absolute path or a name on PATH, found {SettingsYaml.Quote(name)}");
    }
}
