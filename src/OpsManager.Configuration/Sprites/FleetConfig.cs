using System.Globalization;
using OpsManager.Configuration.Yaml;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Sprites;

/// <summary>What <c>sprites</c> in config.yaml names: everything that one screen watches (docs/fleet.md).</summary>
public sealed record FleetConfig
{
    public const int MaxSprites = 1000;

    public static readonly FleetConfig Empty = new();

    /// <summary>In the order of the file; every name once, and every path once.</summary>
    public IReadOnlyList<SpriteConfig> Sprites { get; init; } = [];

    /// <summary>Reads <c>sprites</c> of <paramref name="root"/>, which has it.</summary>
    /// <exception cref="SettingsException">It is no mapping, or one of its sprites is not as it may be; the message names file,
    /// line and what is allowed.</exception>
    public static FleetConfig Read(string file, YamlMappingNode root)
    {
        var node = SettingsYaml.Mapping(file, root, "sprites");
        if (node.Children.Count > MaxSprites)
        {
            throw SettingsYaml.Fault(
                file, node,
                string.Create(
                    CultureInfo.InvariantCulture, $"\"sprites\" has {node.Children.Count} sprites; at most {MaxSprites} are allowed"));
        }

        var sprites = new List<SpriteConfig>(node.Children.Count);
        var byPath = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Children)
        {
            var sprite = SpriteReader.Read(file, key, value);
            // A path names a repository in everything that is observed of it.
            if (sprite.Path is { } path && !byPath.TryAdd(path, sprite.Name))
            {
                throw SettingsYaml.Fault(
                    file, value, $"{SettingsYaml.Quote(path)} is already the path of sprite {SettingsYaml.Quote(byPath[path])}");
            }

            if (sprite.Nats && SettingsYaml.Find(root, "nats") is null)
            {
                throw SettingsYaml.Fault(
                    file, value,
                    $"sprite {SettingsYaml.Quote(sprite.Name)} has \"nats: true\", and the file has no \"nats\" with \"servers\"");
            }

            sprites.Add(sprite);
        }

        return new FleetConfig { Sprites = sprites };
    }
}
