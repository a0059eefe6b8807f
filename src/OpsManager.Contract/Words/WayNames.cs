namespace OpsManager.Contract.Words;

/// <summary>The transport by which a sprite is read (docs/service.md, "When the service fails").</summary>
public static class WayNames
{
    public const string Service = "service";
    public const string Nats = "nats";
    public const string Path = "path";
    public const string Command = "command";
}
