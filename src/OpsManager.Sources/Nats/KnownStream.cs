namespace OpsManager.Sources.Nats;

/// <summary>What an earlier session knew of a stream when it ended.</summary>
/// <param name="Newest">Up to this message the events were copied.</param>
/// <param name="Sprites">The sprites that it told of.</param>
public sealed record KnownStream(TakenMessage Newest, IReadOnlyList<string> Sprites);
