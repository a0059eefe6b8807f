using System.Collections.Immutable;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;

namespace OpsManager.Session;

/// <summary>The sprites that are watched, as the screen takes them.</summary>
internal static class FleetMessages
{
    /// <summary>How their repositories are shown, by their path.</summary>
    public static ImmutableDictionary<string, SpriteStyle> Styles(IEnumerable<WatchedSprite> sprites) =>
        SpriteStyle.None.AddRange(sprites.Select(
            static watched => KeyValuePair.Create(watched.Repo, SpriteStyle.From(watched.Sprite) with { Fault = watched.Fault })));

    public static IEnumerable<Message> From(FleetNews news) => news.Sprites is { } sprites
        ? [new SpritesChanged(Styles(sprites)), new ToastRequested(news.Text, news.IsFault)]
        : [new ToastRequested(news.Text, news.IsFault)];
}
