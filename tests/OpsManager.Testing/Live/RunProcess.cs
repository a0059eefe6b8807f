using System.Diagnostics;

namespace OpsManager.Testing;

/// <summary>
/// A process as a run has it: it leads a group of its own, its command line is the runtime's, and it does nothing until it is
/// killed.
/// </summary>
public static class RunProcess
{
    public static Process Start()
    {
        var start = new ProcessStartInfo("setsid",
            ["bash", "-c", "echo started; exec -a superloop.sh sleep 600"])
        { RedirectStandardOutput = true };
        var process = Process.Start(start)!;

        // By the time of its first line it has its group, and a command line that names the runtime.
        process.StandardOutput.ReadLine();
        return process;
    }
}
