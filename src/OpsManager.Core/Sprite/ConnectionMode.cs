namespace OpsManager.Core.Sprite;

/// <summary>How a sprite is read now (docs/service.md, "When the service fails").</summary>
public enum ConnectionMode
{
    /// <summary>Nothing was heard of it in this session yet.</summary>
    Unknown,

    /// <summary>Over HTTP, by its service.</summary>
    Service,

    /// <summary>Without its service, by its files or by a command that runs on the sprite.</summary>
    Pull,

    /// <summary>None: the screen shows what was read last.</summary>
    LastKnown,
}
