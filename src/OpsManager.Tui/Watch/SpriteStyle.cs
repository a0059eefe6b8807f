using System.Collections.Immutable;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Themes;
using OpsManager.Configuration.Yaml;

namespace OpsManager.Tui.Watch;

/// <summary>How a repository that belongs to a sprite of config.yaml is shown, and whether it may be acted on.</summary>
/// <param name="Name">Stands for the repository on the screen.</param>
/// <param name="Labels">Words to find it by.</param>
/// <param name="Color">One of the names of <see cref="ColorNames"/>; null for that of the theme.</param>
/// <param name="IsPassive">config.yaml lets nobody act on its loops from here.</param>
public sealed record SpriteStyle(string Name, ValueList<string> Labels, string? Color, bool IsPassive)
{
    /// <summary>Why it cannot be watched at all; null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>No repository belongs to a sprite.</summary>
    public static readonly ImmutableDictionary<string, SpriteStyle> None = ImmutableDictionary.Create<string, SpriteStyle>(
        StringComparer.Ordinal);

    public static SpriteStyle From(SpriteConfig sprite) =>
        new(sprite.Name, sprite.Labels, sprite.Color, sprite.Stage == Contract.Manager.RolloutStage.Passive);

    /// <summary>How these repositories are shown, each that is the path of a sprite.</summary>
    public static ImmutableDictionary<string, SpriteStyle> From(FleetConfig fleet, IEnumerable<string> repos)
    {
        var wanted = repos.ToHashSet(StringComparer.Ordinal);
        return None.AddRange(
            fleet.Sprites
                .Where(sprite => sprite.Path is { } path && wanted.Contains(path))
                .Select(static sprite => KeyValuePair.Create(sprite.Path!, From(sprite))));
    }
}
