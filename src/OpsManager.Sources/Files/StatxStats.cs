using System.Runtime.InteropServices;
using OpsManager.Core.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Files;

/// <summary>Looks at a file with one statx(2) call: size, time to the nanosecond, and the identity (device and inode) that shows a file replaced by rename.</summary>
public sealed partial class StatxStats : IFileStats
{
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7ff;
    private const int FileTypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int DirectoryFile = 0x4000;
    private const int LinkFile = 0xA000;
    private const int DoNotFollow = 0x100;
    private const int DoNotMount = 0x800;
    private const int DoNotSync = 0x4000;
    private const int NoEntry = 2;
    private const int NotADirectory = 20;

    /// <summary>Whether this host has the call.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Try();

    public FileProbe Probe(string fullPath) => Probe(fullPath, 0);

    public FileProbe ProbeEntry(string fullPath) => Probe(fullPath, DoNotFollow);

    private static FileProbe Probe(string fullPath, int flags)
    {
        if (statx(CurrentDirectory, fullPath, flags, BasicStats, out var found) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoEntry or NotADirectory ? FileProbe.Missing : FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(error));
        }

        return (found.Mode & FileTypeMask) switch
        {
            RegularFile => FileProbe.File(new FileStamp(
                (long)found.Size,
                DateTimeOffset.FromUnixTimeSeconds(found.ModifiedSeconds).AddTicks(found.ModifiedNanoseconds / 100),
                found.Inode ^ ((ulong)found.DeviceMajor << 52) ^ ((ulong)found.DeviceMinor << 44))),
            DirectoryFile => FileProbe.Directory,
            LinkFile => FileProbe.Link,
            _ => FileProbe.Unreadable("not a regular file"),
        };
    }

    /// <summary>Which directory a path leads to, links followed; 0, or the kernel's error number.</summary>
    /// <remarks>The path may come from anywhere: nothing is mounted for it, and no server is asked.</remarks>
    internal static int Identify(string fullPath, out DirectoryIdentity identity)
    {
        identity = default;
        if (!IsSupported || statx(CurrentDirectory, fullPath, DoNotMount | DoNotSync, BasicStats, out var found) != 0)
        {
            return IsSupported ? Marshal.GetLastPInvokeError() : ErrorNumbers.NotPermitted;
        }

        identity = new(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Inode);
        return (found.Mode & FileTypeMask) == DirectoryFile ? 0 : NotADirectory;
    }

    private static bool Try()
    {
        try
        {
            return statx(CurrentDirectory, "/", 0, BasicStats, out _) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Statx result);

    /// <summary>struct statx of the kernel's interface; the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }
}
