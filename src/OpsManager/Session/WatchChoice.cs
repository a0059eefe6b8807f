using OpsManager.Configuration.Sprites;


namespace OpsManager.Session;

/// <summary>What a session watches: repositories, or sprites of config.yaml, or nothing, and then there is the demo.</summary>
internal sealed class WatchChoice
{
    public static readonly WatchChoice All = new([], true, []);

    private readonly IReadOnlyList<string> names;

    private WatchChoice(IReadOnlyList<string> repos, bool isFleet, IReadOnlyList<string> names) =>
        (Repos, IsFleet, this.names) = (repos, isFleet, names);

    /// <summary>Roots of repositories on this host; empty where sprites are watched.</summary>
    public IReadOnlyList<string> Repos { get; }

    /// <summary>Sprites are watched, whichever config.yaml names.</summary>
    public bool IsFleet { get; }

    public bool IsNothing => !IsFleet && Repos.Count == 0;

    /// <summary>Identifies a choice, for the session that is saved for it.</summary>
    public IReadOnlyList<string> Key => IsFleet ? ["sprites", .. names.Order(StringComparer.Ordinal)] : Repos;

    public static WatchChoice From(IReadOnlyList<string> repos) => new(repos, false, []);

    public static WatchChoice Only(IEnumerable<string> names) => new([], true, [.. names.Distinct(StringComparer.Ordinal)]);

    /// <summary>Whether a sprite of config.yaml is watched.</summary>
    public bool Holds(SpriteConfig sprite) => IsFleet && (names.Count == 0 || names.Contains(sprite.Name, StringComparer.Ordinal));
}
