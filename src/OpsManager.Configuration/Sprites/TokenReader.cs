using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Sprites;

/// <summary>Reads where a token is found. No message quotes what is there: it may be the token.</summary>
internal static class TokenReader
{
    internal static readonly string[] Keys = ["env", "file"];

    /// <param name="secret">What is there, as a message says it.</param>
    /// <returns>Null where the key is absent.</returns>
    /// <exception cref="SettingsException">It is no mapping with one place, or is in the file itself.</exception>
    public static TokenPlace? Read(string file, YamlMappingNode parent, string key, string secret = "a token")
    {
        if (SettingsYaml.Find(parent, key) is not { } node)
        {
            return null;
        }

        if (node is not YamlMappingNode place)
        {
            throw SettingsYaml.Fault(
                file, node, $"{secret} must not be in the file: write \"{key}: {{env: NAME}}\" or \"{key}: {{file: /absolute/path}}\"");
        }

        if (place.Children.Count != 1 || place.Children.Keys.Single() is not YamlScalarNode { Value: { } word } || !Keys.Contains(word))
        {
            throw SettingsYaml.Fault(
                file, place, $"\"{key}\" must have one of \"env\", the name of a variable, and \"file\", an absolute path");
        }

        return SettingsYaml.Find(place, "env") is { } variable
            ? new TokenPlace(Variable(file, variable, key), null)
            : new TokenPlace(null, File(file, SettingsYaml.Find(place, "file")!, key));
    }

    private static string Variable(string file, YamlNode node, string key) =>
        SettingsYaml.Scalar(file, node) is { Length: > 0 and <= 256 } name
            && !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : throw SettingsYaml.Fault(file, node, $"\"env\" of \"{key}\" must be the name of a variable: letters, digits and \"_\"");

    private static string File(string file, YamlNode node, string key) =>
        SettingsYaml.Scalar(file, node) is var path && SettingsYaml.IsAbsolute(path)
            ? path
            : throw SettingsYaml.Fault(file, node, $"\"file\" of \"{key}\" must be an absolute path without \".\" and \"..\"");
}
