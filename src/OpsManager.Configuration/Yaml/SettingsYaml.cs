using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Yaml;

/// <summary>
/// Reads YAML settings by their nodes, which know their lines. The files are anybody's: what could hang or crash a reader is
/// refused.
/// </summary>
public static class SettingsYaml
{
    /// <summary>The longest file that is read, in bytes and in characters: a thousand sprites fit.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxDepth = 8;
    private const int MaxQuoted = 60;

    /// <summary>The one mapping that the file is.</summary>
    /// <exception cref="SettingsException">It is no such file, a key is in it twice, or it is too long, too deep, or has
    /// aliases.</exception>
    public static YamlMappingNode Root(string file, string text)
    {
        if (text.Length > MaxLength)
        {
            throw new SettingsException($"{file}, line 1: the file is larger than {MaxLength / 1024} KiB");
        }

        try
        {
            Prove(file, text);
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
                ? root
                : throw new SettingsException($"{file}, line 1: the file must be one mapping");
        }
        catch (YamlException error)
        {
            throw new SettingsException(At(file, error.Start.Line, Short(error.Message)), error);
        }
    }

    public static YamlMappingNode Mapping(string file, YamlMappingNode node, string key) =>
        Child(file, node, key) as YamlMappingNode ?? throw Fault(file, Child(file, node, key), $"\"{key}\" must be a mapping");

    public static string Text(string file, YamlMappingNode node, string key) => Scalar(file, Child(file, node, key));

    /// <summary>The node at a key, or null where the key is absent.</summary>
    public static YamlNode? Find(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    public static string Scalar(string file, YamlNode node) =>
        node is YamlScalarNode { Value: { } value } ? value : throw Fault(file, node, "a plain word is expected here");

    /// <summary>A whole number from 1 on; null where the key is absent.</summary>
    public static int? Number(string file, YamlMappingNode parent, string key, int most)
    {
        if (Find(parent, key) is not { } node)
        {
            return null;
        }

        return int.TryParse(Scalar(file, node), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
            ? number
            : throw Fault(file, node, string.Create(CultureInfo.InvariantCulture, $"\"{key}\" must be a whole number from 1 to {most}"));
    }

    /// <summary>true or false; false where the key is absent.</summary>
    public static bool Flag(string file, YamlMappingNode parent, string key) => Find(parent, key) is { } node && Scalar(file, node) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Fault(file, node, $"\"{key}\" must be true or false"),
    };

    /// <summary>A list of one word or more.</summary>
    /// <param name="of">What the words are, as a message says it.</param>
    public static IReadOnlyList<string> Words(string file, YamlNode node, string key, string of) =>
        node is YamlSequenceNode { Children.Count: > 0 } list
        ? [.. list.Children.Select(child => Scalar(file, child))]
        : throw Fault(file, node, $"\"{key}\" must be a list of {of}");

    /// <summary>Whether a path starts at the root and leads nowhere but down.</summary>
    public static bool IsAbsolute(string path) =>
        path.Length > 1
            && path[0] == '/'
            && !path.Any(char.IsControl)
            && path[1..].Split('/').All(static name => name is not ("" or "." or ".."));

    /// <summary>Refuses every key but the known ones.</summary>
    public static void Only(string file, YamlMappingNode node, params string[] known)
    {
        foreach (var key in node.Children.Keys)
        {
            var word = Scalar(file, key);
            if (!known.Contains(word))
            {
                throw Fault(file, key, $"there is no setting {Quote(word)}; {NearestName.Hint(word, known, "settings")}");
            }
        }
    }

    public static SettingsException Fault(string file, YamlNode node, string what) => new(At(file, node.Start.Line, what));

    /// <summary>A word of the file as a message shows it: in quotes, and cut where it is long.</summary>
    public static string Quote(string word) => $"\"{Short(word)}\"";

    private static string Short(string text) => text.Length <= MaxQuoted ? text : text[..MaxQuoted] + "…";

    private static string At(string file, long line, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {what}");

    /// <summary>Reads the events alone, which needs no stack: the nodes are then loaded by recursion.</summary>
    private static void Prove(string file, string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is AnchorAlias)
            {
                throw new SettingsException(At(file, parser.Current.Start.Line, "aliases (*name) are not read here; write it out"));
            }

            // The stream and the document count as one each.
            if (depth > MaxDepth + 2)
            {
                throw new SettingsException(At(file, parser.Current.Start.Line, $"nested deeper than {MaxDepth}"));
            }
        }
    }

    private static YamlNode Child(string file, YamlMappingNode node, string key) =>
        Find(node, key) ?? throw Fault(file, node, $"\"{key}\" is missing");
}
