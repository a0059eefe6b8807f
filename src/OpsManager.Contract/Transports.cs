namespace OpsManager.Contract;

/// <summary>How a loop is read and acted on (docs/contract.md, "Manager files", <c>transport</c>).</summary>
public static class Transports
{
    /// <summary>By the files, and the runtime's command, on this host.</summary>
    public const string Local = "local";

    /// <summary>Over HTTP, by the service of the sprite.</summary>
    public const string SpriteService = "sprite_service";
}
