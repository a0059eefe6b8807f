using System.Runtime.InteropServices;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Files;

/// <summary>struct statx of the kernel's interface; the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct Statx
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int DirectoryFile = 0x4000;
    private const int LinkFile = 0xA000;
    private const int WritableByOthers = 0x12;

    [FieldOffset(16)] public uint Links;
    [FieldOffset(20)] public uint Owner;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public ulong Size;
    [FieldOffset(112)] public long ModifiedSeconds;
    [FieldOffset(120)] public uint ModifiedNanoseconds;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;

    public readonly bool IsFile => (Mode & TypeMask) == RegularFile;

    public readonly bool IsLink => (Mode & TypeMask) == LinkFile;

    public readonly bool IsDirectory => (Mode & TypeMask) == DirectoryFile;

    /// <summary>Whether anybody but the owner may write it.</summary>
    public readonly bool IsWritableByOthers => (Mode & WritableByOthers) != 0;

    public readonly FileProbe Probe => (Mode & TypeMask) switch
    {
        RegularFile => FileProbe.File(Stamp) with { HasOtherNames = Links > 1 },
        DirectoryFile => FileProbe.Directory,
        LinkFile => FileProbe.Link,
        _ => FileProbe.Unreadable(FileProbe.NotRegular),
    };

    public readonly FileStamp Stamp => new(
        (long)Size,
        DateTimeOffset.FromUnixTimeSeconds(ModifiedSeconds).AddTicks(ModifiedNanoseconds / 100),
        Inode ^ ((ulong)DeviceMajor << 52) ^ ((ulong)DeviceMinor << 44));
}
