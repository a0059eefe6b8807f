using OpsManager.Configuration.Sprites;

namespace OpsManager.Session;

/// <summary>Changes of the sprites of config.yaml while a session is running.</summary>
/// <param name="Text">A sentence for the operator.</param>
/// <param name="Sprites">All that are watched from now on; null where they stay as they were.</param>
internal sealed record FleetNews(string Text, bool IsFault, IReadOnlyList<WatchedSprite>? Sprites);

/// <summary>A sprite that is watched, or should be.</summary>
/// <param name="Repo">What names it in everything that is observed of it. Without a source it is no path.</param>
/// <param name="Fault">Why it has no source; null where it has one.</param>
internal sealed record WatchedSprite(string Repo, SpriteConfig Sprite, string? Fault);
