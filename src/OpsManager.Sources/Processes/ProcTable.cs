using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Observations;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Processes by /proc. A zombie is gone. A number that was given to another process since is gone too: the start time tells,
/// in kernel ticks against what was seen before, or by the clock against the time at which active-run.json was written.
/// </summary>
public sealed class ProcTable(IFileSystem files) : IProcessTable
{
    /// <summary>The kernel's unit in /proc/PID/stat is 1/100 s on every architecture that .NET runs on (USER_HZ).</summary>
    private const int TicksPerSecond = 100;

    /// <summary>active-run.json has whole seconds and the boot time is rounded: a start this much later than the claim is no contradiction yet.</summary>
    private static readonly TimeSpan ClaimSlack = TimeSpan.FromSeconds(3);

    private readonly Dictionary<int, (DateTimeOffset? ClaimedAt, ulong StartTicks)> seenAlive = [];

    /// <summary>/proc where there is one, else nothing can be observed.</summary>
    public static IProcessTable Open(IFileSystem files) => files.File.Exists("/proc/self/stat") ? new ProcTable(files) : new NoProcessTable();

    public bool IsObservable => true;

    public ProcessSighting Look(ActiveRun run)
    {
        var pid = run.Pid;
        if (ReadStat(pid) is not { } stat)
        {
            return Gone(pid, $"process {pid} is gone");
        }

        if (stat.State is 'Z' or 'X')
        {
            return Gone(pid, $"process {pid} is a zombie: it has ended");
        }

        if (seenAlive.TryGetValue(pid, out var before) && before.ClaimedAt == run.UpdatedAt)
        {
            return before.StartTicks == stat.StartTicks ? Alive(pid, stat.StartTicks) : Gone(pid, $"process {pid} is another one now: it started later");
        }

        if (run.UpdatedAt is { } claimed && StartedAt(stat) is { } started && started > claimed + ClaimSlack && !LooksLikeTheRun(pid, stat, run))
        {
            return Gone(pid, $"process {pid} is another one now: it started {started:HH:mm:ss}, after the claim of {claimed:HH:mm:ss}");
        }

        seenAlive[pid] = (run.UpdatedAt, stat.StartTicks);
        return Alive(pid, stat.StartTicks);
    }

    public ProcessSighting Look(CapturedProcess process) => ReadStat(process.Pid) switch
    {
        null => new(process.Pid, ProcessFate.Gone, $"process {process.Pid} is gone"),
        { State: 'Z' or 'X' } => new(process.Pid, ProcessFate.Gone, $"process {process.Pid} is a zombie: it has ended"),
        { } stat when stat.StartTicks != process.Started => new(process.Pid, ProcessFate.Gone, $"process {process.Pid} is another one now: it started later"),
        _ => Alive(process.Pid, process.Started),
    };

    private static ProcessSighting Alive(int pid, ulong started) => new(pid, ProcessFate.Alive, $"process {pid} lives", started);

    private ProcessSighting Gone(int pid, string fact)
    {
        seenAlive.Remove(pid);
        return new ProcessSighting(pid, ProcessFate.Gone, fact);
    }

    /// <summary>
    /// After a paused host wakes, its clock has jumped but its boot counter has not, and every process seems to have started late.
    /// A process of the claimed group that runs the runtime's command is then believed all the same.
    /// </summary>
    private bool LooksLikeTheRun(int pid, Stat stat, ActiveRun run) =>
        run.ProcessGroup == stat.ProcessGroup && Text($"/proc/{pid}/cmdline")?.Contains("superloop", StringComparison.Ordinal) == true;

    private DateTimeOffset? StartedAt(Stat stat)
    {
        var line = Text("/proc/stat")?.Split('\n').FirstOrDefault(static line => line.StartsWith("btime ", StringComparison.Ordinal));
        return long.TryParse(line.AsSpan(line is null ? 0 : 6), NumberStyles.None, CultureInfo.InvariantCulture, out var boot)
            ? DateTimeOffset.FromUnixTimeSeconds(boot).AddSeconds(stat.StartTicks / (double)TicksPerSecond)
            : null;
    }

    private Stat? ReadStat(int pid)
    {
        // "pid (name) state ppid pgrp …": the name may hold anything, so what counts stands behind the last parenthesis.
        var text = Text($"/proc/{pid}/stat");
        var close = text?.LastIndexOf(") ", StringComparison.Ordinal) ?? -1;
        if (close < 0)
        {
            return null;
        }

        var fields = text![(close + 2)..].Split(' ');
        return fields.Length > 19
            && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            && ulong.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new Stat(fields[0][0], group, start)
            : null;
    }

    private string? Text(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(files.File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process went between two looks: that is the answer, not a fault.
            return null;
        }
    }

    private readonly record struct Stat(char State, int ProcessGroup, ulong StartTicks);
}
