using System.Globalization;
using System.Text;

namespace OpsManager.Sources.Processes;

/// <summary>What counts of /proc/PID/stat.</summary>
/// <param name="State">The kernel's letter.</param>
/// <param name="Started">In the kernel's ticks since boot.</param>
internal readonly record struct ProcStat(char State, int Parent, int Group, ulong Started)
{
    public bool HasEnded => State is 'Z' or 'X' or 'x';

    public bool IsStopped => State is 'T' or 't';

    /// <summary>"pid (name) state ppid pgrp …": the name may hold anything, so what counts is behind the last parenthesis.</summary>
    public static ProcStat? Parse(ReadOnlySpan<byte> text)
    {
        var close = text.LastIndexOf(") "u8);
        if (close < 0)
        {
            return null;
        }

        var rest = text[(close + 2)..];
        char state = default;
        int parent = 0, group = 0, at = 0;
        foreach (var range in rest.Split((byte)' '))
        {
            var field = rest[range];
            switch (at++)
            {
                case 0 when field.Length == 1:
                    state = (char)field[0];
                    break;
                case 0:
                case 1 when !int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out parent):
                case 2 when !int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out group):
                    return null;
                case 19:
                    return ulong.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var started)
                        ? new ProcStat(state, parent, group, started) : null;
            }
        }

        return null;
    }

    /// <summary>When the host was started, from /proc/stat; null where it does not say.</summary>
    public static DateTimeOffset? BootTime(ReadOnlySpan<byte> text)
    {
        var at = text.StartsWith("btime "u8) ? 0 : text.IndexOf("\nbtime "u8) + 1;
        if (at == 0 && !text.StartsWith("btime "u8))
        {
            return null;
        }

        var line = text[(at + 6)..];
        var end = line.IndexOf((byte)'\n');
        return long.TryParse(Encoding.ASCII.GetString(end < 0 ? line : line[..end]), NumberStyles.None, CultureInfo.InvariantCulture,
            out var seconds)
            && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }
}
