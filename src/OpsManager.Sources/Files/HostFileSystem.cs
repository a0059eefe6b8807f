using System.IO.Abstractions;

namespace OpsManager.Sources.Files;

/// <summary>The file system of this host, with the links that the user allows in repositories.</summary>
public sealed class HostFileSystem : FileSystem
{
    public AllowedLinks Links { get; } = new();
}
