using System.Text;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Whether processes are frozen by their control group, as <c>docker pause</c> does it. The state in /proc/PID/stat does not tell.
/// </summary>
internal sealed class ControlGroups(IProcHost host)
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>A process may be moved to another group: where it is, is read again after so many looks.</summary>
    private const int LooksAPath = 16;

    private (int Pid, ulong Started, int Looks, string? Path) known;

    /// <summary>The file that shows it, if the process is frozen; null where it is not, or that is unknown.</summary>
    public string? FrozenBy(int pid, ulong started)
    {
        if (known.Pid != pid || known.Started != started || known.Looks >= LooksAPath)
        {
            known = (pid, started, 0, Path(pid));
        }

        known.Looks++;
        return known.Path is { } path && IsFrozen(path) ? path : null;
    }

    private bool IsFrozen(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        var read = host.Read(path, buffer);
        var text = read > 0 ? buffer[..read] : [];
        return text.IndexOf("frozen 1"u8) >= 0 || text.StartsWith("FROZEN"u8) || text.StartsWith("FREEZING"u8);
    }

    /// <summary>
    /// "0::/path" is the group of version 2, "N:freezer:/path" that of the freezer of version 1. The outermost group of a host
    /// cannot be frozen.
    /// </summary>
    private string? Path(int pid)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var read = host.Read(pid, ProcFile.ControlGroups, buffer);
        if (read <= 0)
        {
            return null;
        }

        string? second = null;
        foreach (var line in Encoding.UTF8.GetString(buffer[..read]).Split('\n'))
        {
            var parts = line.Split(':', 3);
            if (parts is not [var number, var controllers, ['/', .. { Length: > 0 }] path]
                || path.Contains("..", StringComparison.Ordinal))
            {
                continue;
            }

            if (controllers == "freezer")
            {
                return $"{Root}/freezer{path}/freezer.state";
            }

            if (number == "0" && controllers.Length == 0)
            {
                second = Mounted($"{path}/cgroup.events");
            }
        }

        return second;
    }

    /// <summary>Version 2 is at the root, or beside version 1 in a directory of its own.</summary>
    private string Mounted(string path)
    {
        Span<byte> buffer = stackalloc byte[1];
        return host.Read(Root + path, buffer) >= 0 ? Root + path : $"{Root}/unified{path}";
    }
}
