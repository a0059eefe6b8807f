using System.Collections.Immutable;
using OpsManager.Core.Model;

namespace OpsManager.Tui.Watch;

/// <summary>What is watched and has not said anything yet; found once for what it follows from, however often it is asked for.</summary>
internal sealed class UnheardSources
{
    private readonly FleetModel fleet;
    private readonly ImmutableDictionary<string, SpriteStyle> sprites;
    private readonly ImmutableArray<string> repositories;
    private readonly bool isFleet;

    private UnheardSources(Watched watched)
    {
        (fleet, sprites, repositories, isFleet) = (watched.Fleet, watched.Sprites, watched.Repositories, watched.IsFleet);
        Paths =
        [
            .. repositories.Concat(isFleet ? sprites.Keys : []).Where(path => !fleet.Repos.ContainsKey(path))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>In their order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Those of this session: <paramref name="known"/> where they follow from the same.</summary>
    public static UnheardSources From(Watched watched, UnheardSources? known) =>
        known is not null && ReferenceEquals(known.fleet, watched.Fleet) && ReferenceEquals(known.sprites, watched.Sprites)
        && known.repositories == watched.Repositories && known.isFleet == watched.IsFleet
            ? known
            : new UnheardSources(watched);
}
