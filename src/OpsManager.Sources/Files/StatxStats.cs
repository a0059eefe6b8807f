using System.Runtime.InteropServices;

namespace OpsManager.Sources.Files;

/// <summary>
/// Looks at a file with one statx(2) call: size, time to the nanosecond, and the identity (device and inode) that shows a file
/// replaced by rename.
/// </summary>
internal sealed class StatxStats : IFileStats
{
    /// <summary>Whether this host has the call.</summary>
    public static bool IsSupported => LinuxFiles.HasStatx;

    public FileProbe Probe(string fullPath) => LinuxFiles.Stat(fullPath, 0, out var found) switch
    {
        0 => found.Probe,
        -LinuxFiles.NoEntry or -LinuxFiles.NotADirectory => FileProbe.Missing,
        var error => FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(-error)),
    };

    /// <summary>Which directory a path leads to, links followed; 0, or the kernel's error number.</summary>
    /// <remarks>The path may come from anywhere: nothing is mounted for it, and no server is asked.</remarks>
    internal static int Identify(string fullPath, out DirectoryIdentity identity)
    {
        const int DoNotMount = 0x800, DoNotSync = 0x4000;
        identity = default;
        if (!IsSupported)
        {
            return ErrorNumbers.NotPermitted;
        }

        var error = LinuxFiles.Stat(fullPath, DoNotMount | DoNotSync, out var found);
        if (error != 0)
        {
            return -error;
        }

        identity = new(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Inode);
        return found.IsDirectory ? 0 : LinuxFiles.NotADirectory;
    }
}
