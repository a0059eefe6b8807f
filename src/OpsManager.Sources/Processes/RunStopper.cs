using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Stops a run by signals, as the runtime's own cancel does: TERM to the process group, and KILL where the process is still there after
/// ten seconds. Only the very process that was seen: its number and its start are looked at right before each signal.
/// </summary>
public sealed class RunStopper
{
    /// <summary>As the runtime does it (docs/contract.md, "What the runtime really does", point 7).</summary>
    public static readonly TimeSpan UntilForce = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider time;
    private readonly ProcTable table;

    public RunStopper(TimeProvider time) => (this.time, table) = (time, new ProcTable(new LinuxProcHost(), null));

    /// <param name="group">Its process group; null where the process alone is to be stopped.</param>
    /// <param name="started">In the kernel's ticks since boot.</param>
    /// <returns>What was done, or why nothing was.</returns>
    public async Task<(string Words, string? Fault)> StopAsync(int pid, int? group, ulong started, CancellationToken cancel)
    {
        if (Signal(pid, group, started, ChildLibc.SigTerm) is { } fault)
        {
            return ("", fault);
        }

        var target = group is { } all ? $"process group {Text(all)}" : $"process {Text(pid)}";
        var began = time.GetTimestamp();
        while (IsThere(pid, started))
        {
            if (time.GetElapsedTime(began) >= UntilForce)
            {
                return Signal(pid, group, started, ChildLibc.SigKill) is { } late && IsThere(pid, started)
                    ? ($"sent SIGTERM to {target}; SIGKILL could not be sent: {late}", null)
                    : ($"sent SIGTERM to {target}, and SIGKILL after {Text((int)UntilForce.TotalSeconds)} s", null);
            }

            await Task.Delay(Again, time, cancel).ConfigureAwait(false);
        }

        return ($"sent SIGTERM to {target}", null);
    }

    /// <summary>Why the signal was not sent; null where it was.</summary>
    private string? Signal(int pid, int? group, ulong started, int signal)
    {
        if (table.Find(pid) is not ({ } stat, _) || stat.Started != started)
        {
            return $"process {Text(pid)} has already exited";
        }

        if (group is { } named && named != stat.Group)
        {
            return $"process {Text(pid)} is in group {Text(stat.Group)}, not in group {Text(named)}";
        }

        // Whoever started the run without a group of its own shares it, and may be the shell of this very program.
        var isOurs = group is not null && table.Find(Environment.ProcessId).Stat?.Group == group;
        return ChildLibc.Kill(group is { } whole && !isOurs ? -whole : pid, signal) == 0
            ? null
            : $"process {Text(pid)} cannot be signalled: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}";
    }

    private bool IsThere(int pid, ulong started) => table.Find(pid) is ({ } stat, _) && stat.Started == started;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
