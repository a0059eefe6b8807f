using System.Collections.Immutable;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;

namespace OpsManager.Session;

/// <summary>The sprites that are watched, as the screen takes them.</summary>
internal static class FleetMessages
{
    /// <summary>How their repositories are shown, by their path.</summary>
    public static ImmutableDictionary<string, SpriteLook> Looks(IEnumerable<WatchedSprite> sprites) =>
        SpriteLook.None.AddRange(sprites.Select(static watched => KeyValuePair.Create(watched.Repo, SpriteLook.Of(watched.Sprite) with { Fault = watched.Fault })));

    public static IEnumerable<Message> Of(FleetNews news) => news.Sprites is { } sprites
        ? [new SpritesChanged(Looks(sprites)), new Told(news.Text, news.IsFault)]
        : [new Told(news.Text, news.IsFault)];
}
