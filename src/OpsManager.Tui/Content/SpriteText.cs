using System.Globalization;
using OpsManager.Core.Sprite;

namespace OpsManager.Tui.Content;

/// <summary>How a sprite is reached, in a sentence.</summary>
public static class SpriteText
{
    public static string Of(SpriteState sprite) => string.Join("; ", ((string?[])[Way(sprite), Sleep(sprite), sprite.Fault, Budget(sprite), Awake(sprite)]).OfType<string>());

    private static string Way(SpriteState sprite) => sprite.Reach switch
    {
        Reach.Service => "read over its service",
        Reach.Pull => $"pulled by {sprite.By}",
        Reach.LastKnown => "not reached: this is what was read last",
        _ => "not heard of yet",
    };

    private static string? Sleep(SpriteState sprite) => sprite.AsleepSince is { } since
        ? $"asleep ({sprite.Warmth.Word()}) since {Ages.Clock(since)}Z"
        : sprite.IsLeftAlone ? "nothing is at work there, and nobody asks it any more" : null;

    private static string? Budget(SpriteState sprite) => sprite.Budget.Failed == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"error budget {(sprite.Budget.IsSpent ? "spent" : "burnt")} {sprite.Budget.Burn} % ({sprite.Budget.Failed} of {sprite.Budget.Total} requests failed, {sprite.Budget.Allowed} may)");

    private static string? Awake(SpriteState sprite) => sprite.KeptAwake > TimeSpan.Zero ? $"kept awake for {Ages.Short(sprite.KeptAwake)}" : null;
}
