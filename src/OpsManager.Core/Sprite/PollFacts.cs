namespace OpsManager.Core.Sprite;

/// <summary>What decides how soon a sprite is asked again.</summary>
/// <param name="Warmth">As the platform said last.</param>
/// <param name="MayWake">The operator allows that asking wakes it.</param>
/// <param name="IsHurried">The operator has just asked for it, or has sent something.</param>
/// <param name="IsRunning">A run is at work in one of its loops.</param>
/// <param name="IsWaiting">A run waits for an approval.</param>
/// <param name="SinceChange">Since anything of it changed.</param>
/// <param name="Failures">Askings that failed in a row.</param>
public readonly record struct PollFacts(
    PowerState Warmth, bool MayWake, bool IsHurried, bool IsRunning, bool IsWaiting, TimeSpan SinceChange, int Failures);
