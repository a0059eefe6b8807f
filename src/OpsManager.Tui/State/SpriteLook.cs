using System.Collections.Immutable;
using OpsManager.Tui.Settings;

namespace OpsManager.Tui.State;

/// <summary>How a repository that belongs to a sprite of config.yaml is shown, and whether it may be acted on.</summary>
/// <param name="Name">Stands for the repository on the screen.</param>
/// <param name="Labels">Words to find it by.</param>
/// <param name="Color">One of the names of <see cref="Terminal.NamedColor"/>; null for that of the theme.</param>
/// <param name="IsPassive">config.yaml lets nobody act on its loops from here.</param>
public sealed record SpriteLook(string Name, ValueList<string> Labels, string? Color, bool IsPassive)
{
    /// <summary>Why it cannot be watched at all; null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>No repository belongs to a sprite.</summary>
    public static readonly ImmutableDictionary<string, SpriteLook> None = ImmutableDictionary.Create<string, SpriteLook>(StringComparer.Ordinal);

    public static SpriteLook Of(SpriteConfig sprite) => new(sprite.Name, sprite.Labels, sprite.Color, sprite.Stage == Contract.Manager.RolloutStage.Passive);
}
