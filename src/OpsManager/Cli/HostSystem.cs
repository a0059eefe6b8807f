using System.Runtime.InteropServices;

namespace OpsManager.Cli;

/// <summary>The operating systems that the program runs on (docs/install.md).</summary>
internal static class HostSystem
{
    /// <summary>Why it does not run on this system and what to do; null where it runs.</summary>
    /// <param name="isOn">Says whether a system is the one of this host.</param>
    public static string? Refusal(Func<OSPlatform, bool> isOn)
    {
        if (isOn(OSPlatform.Linux))
        {
            return null;
        }

        var (name, place) = isOn(OSPlatform.Windows) ? ("Windows", "in WSL 2")
            : isOn(OSPlatform.OSX) ? ("macOS", "in a Linux container")
            : ("another system", "in a Linux container");
        return $"ops-manager runs on Linux only, and this host has {name}. Run it {place}, or over SSH on the host of your loops.";
    }
}
