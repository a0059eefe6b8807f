using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsManager.Testing;

/// <summary>
/// Programs that the tests start begin with the default actions of signals, also where whoever started the tests ignores some of
/// them (nohup, a script with trap ''): what is ignored would be inherited by every one of them.
/// </summary>
public static partial class DefaultSignals
{
    // Those that end or stop a program and that callers ignore: HUP, INT, QUIT, TERM, TSTP, TTIN, TTOU.
    private static readonly int[] Signals = [1, 2, 3, 15, 20, 21, 22];

    /// <summary>To be called once, before anything is started: by the module initializer of each test program.</summary>
    public static void Restore()
    {
        if (!File.Exists("/proc/self/status")
            || File
                .ReadLines("/proc/self/status")
                .FirstOrDefault(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is not { } line)
        {
            return;
        }

        var ignored = ulong.Parse(line.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        foreach (var signal in Signals.Where(signal => (ignored >> (signal - 1) & 1) != 0))
        {
            // Caught by a function that does nothing, which exec turns into the default; these tests themselves go on ignoring it.
            _ = Catch(signal, NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getpid"));
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Catch(int signal, nint handler);
}
