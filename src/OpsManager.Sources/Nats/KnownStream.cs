namespace OpsManager.Sources.Nats;

/// <summary>What an earlier session knew of a stream when it ended.</summary>
/// <param name="Newest">Up to this message it was read; the copies may lack some of the last events.</param>
/// <param name="Sprites">The sprites that it told of.</param>
public sealed record KnownStream(TakenMessage Newest, IReadOnlyList<string> Sprites);
