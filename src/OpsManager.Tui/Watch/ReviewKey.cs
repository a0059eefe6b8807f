namespace OpsManager.Tui.Watch;

/// <summary>An intent of a run.</summary>
/// <param name="Key">Its idempotency key.</param>
internal sealed record ReviewKey(LoopKey Run, string Key);
