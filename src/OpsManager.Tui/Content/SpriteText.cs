using System.Globalization;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Sprite;

namespace OpsManager.Tui.Content;

/// <summary>How a sprite is reached, in a sentence.</summary>
internal static class SpriteText
{
    public static string For(SpriteState sprite) => string.Join("; ", ((string?[])[
        Way(sprite), Sleep(sprite), sprite.Fault, sprite.Fault is null ? sprite.LoopFault : null, Budget(sprite), Awake(sprite)
    ]).OfType<string>());

    /// <summary>Since when nothing is heard of a sprite that is silent, in a few words.</summary>
    public static string Silence(SpriteState sprite, AgeClock now) =>
        sprite.AsleepSince is { } since ? $"asleep since {Moment(since, now)}"
        : sprite.GoodAt is { } heard ? $"last read {Moment(heard, now)}"
        : "never read";

    /// <summary>When it was read last.</summary>
    public static string Heard(SpriteState sprite, AgeClock now) =>
        sprite.GoodAt is { } heard ? $"last read {Moment(heard, now)}" : "never read";

    /// <summary>"19:42:10Z"; with the date where it was another day.</summary>
    public static string Moment(DateTimeOffset at, AgeClock now) =>
        $"{(now.Since(at) < TimeSpan.FromHours(20) ? Ages.Clock(at) : Ages.Date(at))}Z";

    private static string Way(SpriteState sprite) => sprite.ConnectionMode switch
    {
        ConnectionMode.Service => sprite.By == WayNames.Nats ? "read over NATS" : "read over its service",
        ConnectionMode.Pull => $"pulled by {sprite.By}",
        ConnectionMode.LastKnown => "unreachable: shown as it was last read",
        _ => "not read yet",
    };

    private static string? Sleep(SpriteState sprite) => sprite.AsleepSince is { } since
        ? $"asleep ({sprite.PowerState.Word()}) since {Ages.Clock(since)}Z"
        : sprite.IsLeftAlone ? "no run is active there, so it is not polled" : null;

    private static string? Budget(SpriteState sprite) => sprite.Budget.Failed == 0
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"error budget {(sprite.Budget.IsSpent ? "spent" : "used")} {sprite.Budget.Burn} % ({sprite.Budget.Failed} of "
                + $"{sprite.Budget.Total} requests failed, {sprite.Budget.Allowed} are allowed)");

    private static string? Awake(SpriteState sprite) =>
        sprite.KeptAwake > TimeSpan.Zero ? $"requests held it awake for {Ages.Short(sprite.KeptAwake)}" : null;
}
