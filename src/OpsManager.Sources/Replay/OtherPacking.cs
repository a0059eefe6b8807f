namespace OpsManager.Sources.Replay;

/// <summary>How a file is packed, for packings that are not read here.</summary>
/// <param name="Name">The packing: xz.</param>
/// <param name="Command">The command that unpacks it, without the file.</param>
internal sealed record OtherPacking(string Name, string Command)
{
    /// <summary>The packing of a file that begins with these bytes; null if it is none of the known ones.</summary>
    public static OtherPacking? Find(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0x00]) ? new("xz", "xz -d")
        : head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? new("zstd", "zstd -d")
        : head.StartsWith("BZh"u8) ? new("bzip2", "bzip2 -d")
        : head.StartsWith("PK\u0003\u0004"u8) ? new("zip", "unzip")
        : null;
}
