using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Sprite;
using YamlDotNet.RepresentationModel;

namespace OpsManager.Configuration.Sprites;

/// <summary>Reads one sprite of config.yaml.</summary>
internal static class SpriteReader
{
    private const int MaxLabel = 64;
    private const int MaxPath = 4096;
    private const int MaxLoops = 64;
    private const int MaxLabels = 16;
    private const decimal MinObjective = 90;
    private const decimal MaxObjective = 99.99m;

    /// <summary>The keys that it may have; docs/configuration.md and its schema have the same.</summary>
    internal static readonly string[] Keys =
    [
        "path", "url", "nats", "sprite-token", "service-token", "pull", "repo", "loops", "stage", "labels", "color", "platform",
        "objective", "wake",
    ];

    internal static readonly string[] PlatformKeys = ["api", "name", "token"];

    internal static readonly string[] Stages = ["passive", "assisted"];

    /// <exception cref="SettingsException">It is not as a sprite may be; the message names file, line and what is allowed.</exception>
    public static SpriteConfig Read(string file, YamlNode key, YamlNode value)
    {
        var name = SettingsYaml.Scalar(file, key);
        if (!SpriteName.IsOne(name))
        {
            throw SettingsYaml.Fault(
                file, key,
                $"{SettingsYaml.Quote(name)} cannot be a sprite: a name has at most {SpriteName.MaxChars} letters, digits, \"-\", \"_\" "
                    + "and \".\"");
        }

        if (value is not YamlMappingNode node)
        {
            throw SettingsYaml.Fault(
                file, value, $"sprite {SettingsYaml.Quote(name)} must be a mapping with \"path\", \"url\", \"pull\" or \"nats\"");
        }

        SettingsYaml.Only(file, node, Keys);
        var spriteToken = TokenReader.Read(file, node, "sprite-token");
        var sprite = new SpriteConfig(name)
        {
            Path = PathOf(file, node, "path"),
            Url = ServiceUrlOf(file, node),
            Nats = SettingsYaml.Flag(file, node, "nats"),
            SpriteToken = spriteToken,
            ServiceToken = TokenReader.Read(file, node, "service-token"),
            Pull = SettingsYaml.Find(node, "pull") is { } pull
                ? new(CommandWords.Read(file, pull, "pull", "[sprite, exec, -s, app, --]"))
                : ValueList<string>.Empty,
            Repo = PathOf(file, node, "repo"),
            Loops = LoopsOf(file, node),
            Stage = StageOf(file, node),
            Labels = LabelsOf(file, node),
            Color = ColorOf(file, node),
            Platform = PlatformOf(file, node, name, spriteToken),
            Objective = ObjectiveOf(file, node),
            Wake = WakeOf(file, node),
        };
        Together(file, key, node, sprite);
        return sprite;
    }

    private static void Together(string file, YamlNode key, YamlMappingNode node, SpriteConfig sprite)
    {
        if (sprite is { Path: null, Url: null, Pull.Count: 0, Nats: false })
        {
            throw SettingsYaml.Fault(
                file, key,
                $"sprite {SettingsYaml.Quote(sprite.Name)} cannot be reached: \"path\", \"url\", \"pull\" or \"nats: true\" is needed");
        }

        if (sprite is { Repo: not null, Pull.Count: 0 })
        {
            throw SettingsYaml.Fault(
                file, SettingsYaml.Find(node, "repo")!, "\"repo\" needs \"pull\": it is the repository on the sprite");
        }

        if (sprite is { ServiceToken: not null, Url: null })
        {
            throw SettingsYaml.Fault(
                file, SettingsYaml.Find(node, "service-token")!, "\"service-token\" needs \"url\"");
        }

        if (sprite is { SpriteToken: not null, Url: null, Platform: null })
        {
            throw SettingsYaml.Fault(
                file, SettingsYaml.Find(node, "sprite-token")!, "\"sprite-token\" needs \"url\"");
        }
    }

    private static string? PathOf(string file, YamlMappingNode parent, string key)
    {
        if (SettingsYaml.Find(parent, key) is not { } node)
        {
            return null;
        }

        var path = SettingsYaml.Scalar(file, node);
        var trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
        return SettingsYaml.IsAbsolute(trimmed) && trimmed.Length <= MaxPath
            ? trimmed
            : throw SettingsYaml.Fault(
                file, node, $"\"{key}\" must be an absolute path without \".\" and \"..\", found {SettingsYaml.Quote(path)}");
    }

    /// <summary>As <see cref="UrlOf"/>, or a socket of this host.</summary>
    private static Uri? ServiceUrlOf(string file, YamlMappingNode parent)
    {
        const string Unix = "unix:";
        if (SettingsYaml.Find(parent, "url") is not { } node
            || SettingsYaml.Scalar(file, node) is not { } text
            || !text.StartsWith(Unix, StringComparison.Ordinal))
        {
            return UrlOf(file, parent, "url");
        }

        return Sources.Sprite.SpriteAddress.Parse(text)
            ?? throw SettingsYaml.Fault(file, node, "\"url\" must be unix: and the absolute path of a socket, such as unix:/run/ops.sock");
    }

    private static Uri? UrlOf(string file, YamlMappingNode parent, string key)
    {
        if (SettingsYaml.Find(parent, key) is not { } node)
        {
            return null;
        }

        // It is not quoted: what is wrong with it may be a token in it.
        var text = SettingsYaml.Scalar(file, node);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            throw SettingsYaml.Fault(file, node, $"\"{key}\" must be an address such as https://app.example.org");
        }

        return url.UserInfo.Length == 0 && !text.AsSpan().ContainsAny('@', '?', '#')
            ? url
            : throw SettingsYaml.Fault(
                file, node,
                $"\"{key}\" must be an address without a user, \"?\" and \"#\": a token belongs in \"sprite-token\"");
    }

    private static ValueList<string> LoopsOf(string file, YamlMappingNode parent)
    {
        if (SettingsYaml.Find(parent, "loops") is not { } node)
        {
            return ValueList<string>.Empty;
        }

        var loops = SettingsYaml.Words(file, node, "loops", "loop ids");
        for (var i = 0; i < loops.Count; i++)
        {
            if (!ArtifactPaths.IsLoopId(loops[i]))
            {
                throw SettingsYaml.Fault(
                    file, ((YamlSequenceNode)node).Children[i],
                    $"{SettingsYaml.Quote(loops[i])} cannot be a loop: a loop id is the name of a directory under {ArtifactPaths.Loops}");
            }
        }

        string[] once = [.. loops.Distinct(StringComparer.Ordinal)];
        return once.Length <= MaxLoops ? new(once) : throw SettingsYaml.Fault(file, node, $"\"loops\" has more than {MaxLoops}");
    }

    private static RolloutStage? StageOf(string file, YamlMappingNode parent) =>
        SettingsYaml.Find(parent, "stage") is not { } node ? null : SettingsYaml.Scalar(file, node) switch
        {
            "passive" => RolloutStage.Passive,
            "assisted" => RolloutStage.Assisted,
            var word => throw SettingsYaml.Fault(
                file, node, $"there is no stage {SettingsYaml.Quote(word)}; {NearestName.Hint(word, Stages, "stages")}"),
        };

    private static ValueList<string> LabelsOf(string file, YamlMappingNode parent)
    {
        if (SettingsYaml.Find(parent, "labels") is not { } node)
        {
            return ValueList<string>.Empty;
        }

        SettingsYaml.Words(file, node, "labels", "words, such as [prod, eu]");
        string[] labels = [.. ((YamlSequenceNode)node).Children.Select(child => LabelOf(file, child)).Distinct(StringComparer.Ordinal)];
        return labels.Length <= MaxLabels ? new(labels) : throw SettingsYaml.Fault(file, node, $"\"labels\" has more than {MaxLabels}");
    }

    private static string LabelOf(string file, YamlNode node)
    {
        var word = SettingsYaml.Scalar(file, node);
        return word.Length is > 0 and <= MaxLabel && word.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '=')
            ? word
            : throw SettingsYaml.Fault(
                file, node,
                $"{SettingsYaml.Quote(word)} cannot be a label: a label has at most {MaxLabel} letters, digits, \"-\", \"_\", \".\", "
                    + $"\"/\" and \"=\"");
    }

    private static string? ColorOf(string file, YamlMappingNode parent)
    {
        if (SettingsYaml.Find(parent, "color") is not { } node)
        {
            return null;
        }

        var word = SettingsYaml.Scalar(file, node);
        return ColorNames.All.Contains(word)
            ? word
            : throw SettingsYaml.Fault(
                file, node, $"there is no colour {SettingsYaml.Quote(word)}; {NearestName.Hint(word, ColorNames.All, "colours")}");
    }

    private static PlatformConfig? PlatformOf(string file, YamlMappingNode parent, string name, TokenPlace? spriteToken)
    {
        if (SettingsYaml.Find(parent, "platform") is null)
        {
            return null;
        }

        var node = SettingsYaml.Mapping(file, parent, "platform");
        SettingsYaml.Only(file, node, PlatformKeys);
        var there = SettingsYaml.Find(node, "name") is { } other ? SettingsYaml.Scalar(file, other) : name;
        return SpriteName.IsOne(there)
            ? new PlatformConfig(
                UrlOf(file, node, "api") ?? PlatformConfig.DefaultApi, there, TokenReader.Read(file, node, "token") ?? spriteToken)
            : throw SettingsYaml.Fault(
                file, SettingsYaml.Find(node, "name")!,
                $"{SettingsYaml.Quote(there)} cannot be a sprite: a name has at most {SpriteName.MaxChars} letters, digits, \"-\", \"_\" "
                    + "and \".\"");
    }

    private static decimal ObjectiveOf(string file, YamlMappingNode parent)
    {
        if (SettingsYaml.Find(parent, "objective") is not { } node)
        {
            return SpriteConfig.DefaultObjective;
        }

        return decimal.TryParse(
            SettingsYaml.Scalar(file, node), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var percent) && percent is >= MinObjective and <= MaxObjective
            ? percent
            : throw SettingsYaml.Fault(file, node, string.Create(
                CultureInfo.InvariantCulture, $"\"objective\" must be a number of percent from {MinObjective} to {MaxObjective}"));
    }

    private static bool WakeOf(string file, YamlMappingNode parent) => SettingsYaml.Flag(file, parent, "wake");
}
