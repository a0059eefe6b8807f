using OpsManager.Sources.Nats;

namespace OpsManager.Service.Options;

/// <summary>What is published, under which name, and where to.</summary>
/// <param name="Sprite">The name that the fleet knows this repository by.</param>
/// <param name="Server">The server and its stream.</param>
public sealed record PublishOptions(string Sprite, NatsSettings Server)
{
    /// <summary>Carry out controls that come as requests on the sprite's subject.</summary>
    public bool AcceptControl { get; init; }

    /// <summary>Send what is there and end, instead of waiting for changes.</summary>
    public bool Once { get; init; }
}
