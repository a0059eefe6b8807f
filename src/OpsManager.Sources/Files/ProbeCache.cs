using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace OpsManager.Sources.Files;

/// <summary>
/// What is at each path. A file that is, by identity, size and time, the one that was reached without a link has not changed: that is one
/// call instead of five.
/// </summary>
internal sealed class ProbeCache(LinuxTree tree)
{
    /// <summary>Paths whose last look is remembered.</summary>
    private const int MaxSeen = 8192;

    private readonly ConcurrentDictionary<string, (string Full, FileProbe Probe)> seen = new(StringComparer.Ordinal);

    /// <summary>Looks at a path.</summary>
    public FileProbe Probe(string path)
    {
        if (seen.TryGetValue(path, out var known)
            && LinuxFiles.Stat(known.Full, LinuxFiles.DoNotFollow, out var quick) == 0
            && quick.IsFile
            && quick.Probe == known.Probe)
        {
            return known.Probe;
        }

        var probe = Look(path);
        if (probe.IsPresent)
        {
            if (seen.Count >= MaxSeen)
            {
                seen.Clear();
            }

            seen[path] = (known.Full ?? tree.Full(path), probe);
        }

        return probe;
    }

    private FileProbe Look(string path)
    {
        var opened = tree.Open(path, LinuxFiles.PathOnly | LinuxFiles.NoFollow | LinuxFiles.CloseOnExec);
        if (opened < 0)
        {
            return -opened switch
            {
                LinuxFiles.NoEntry => FileProbe.Missing,
                LinuxFiles.NotADirectory when tree.LinkOn(path) is null => FileProbe.Missing,
                LinuxFiles.NotADirectory or LinuxFiles.TooManyLinks or LinuxFiles.CrossDevice when tree.LinkOn(path) is { } link =>
                    FileProbe.Unreadable(GuardedFaults.Link(link)),
                var error => FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(error)),
            };
        }

        var result = LinuxFiles.Stat(opened, out var found);
        LinuxFiles.CloseNow(opened);
        return result == 0 ? found.Probe : FileProbe.Unreadable(Marshal.GetPInvokeErrorMessage(-result));
    }
}
