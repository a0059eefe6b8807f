using System.Runtime.InteropServices;

namespace OpsManager.Service.Unix;

/// <summary>What an entry of a directory is, and whose.</summary>
/// <param name="Mode">Type and permissions, as stat(2) has them.</param>
/// <param name="Owner">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Inode">With <paramref name="Device"/>, its identity.</param>
internal sealed partial record FileEntry(int Mode, uint Owner, uint Group, ulong Inode, ulong Device)
{
    public const int OthersMayWrite = 0x2;
    public const int GroupMayWrite = 0x10;
    public const int Sticky = 0x200;

    private const int TypeMask = 0xF000;
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const int NoEntry = 2;
    private const int Everything = 0x1FF;

    public bool IsSocket => (Mode & TypeMask) == 0xC000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public UnixFileMode Permissions => (UnixFileMode)(Mode & Everything);

    /// <summary>Null where nothing has this name. A link is not followed.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileEntry? Find(string path)
    {
        if (statx(CurrentDirectory, path, DoNotFollow, BasicStats, out var found) == 0)
        {
            return new FileEntry(found.Mode, found.Owner, found.Group, found.Inode, ((ulong)found.DeviceMajor << 32) | found.DeviceMinor);
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NoEntry ? null : throw new IOException($"{path} cannot be checked: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    public bool IsSame(FileEntry other) => (Inode, Device) == (other.Inode, other.Device);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Statx result);

    /// <summary>struct statx of the kernel's interface; the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)] public uint Owner;
        [FieldOffset(24)] public uint Group;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }
}
