using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Tui.Settings;

/// <summary>Reads YAML settings by their nodes, which know their lines.</summary>
public static class SettingsYaml
{
    public static YamlMappingNode Root(string file, string text)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
                ? root
                : throw new SettingsException($"{file}, line 1: the file must be one mapping");
        }
        catch (YamlException error)
        {
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"{file}, line {error.Start.Line}: {error.Message}"), error);
        }
    }

    public static YamlMappingNode Mapping(string file, YamlMappingNode node, string key) =>
        Child(file, node, key) as YamlMappingNode ?? throw Fault(file, Child(file, node, key), $"\"{key}\" must be a mapping");

    public static string Text(string file, YamlMappingNode node, string key) => Scalar(file, Child(file, node, key));

    public static string Scalar(string file, YamlNode node) =>
        node is YamlScalarNode { Value: { } value } ? value : throw Fault(file, node, "a plain word is expected here");

    public static SettingsException Fault(string file, YamlNode node, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {node.Start.Line}: {what}"));

    private static YamlNode Child(string file, YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : throw Fault(file, node, $"\"{key}\" is missing");
}
