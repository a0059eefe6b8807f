using System.Runtime.InteropServices;

namespace OpsManager.Sources.Files;

/// <summary>
/// Looks at a file with one statx(2) call: size, time to the nanosecond, and the identity (device and inode) that shows a file
/// replaced by rename.
/// </summary>
public sealed class StatxStats : IFileStats
{
    /// <summary>Whether this host has the call.</summary>
    public static bool IsSupported => LinuxFiles.HasStatx;

    public FileProbe Probe(string fullPath) => LinuxFiles.Stat(fullPath, 0, out var found) switch
    {
        0 => found.Probe,
        -LinuxFiles.NoEntry or -LinuxFiles.NotADirectory => FileProbe.Missing,
        var error => FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(-error)),
    };
}
