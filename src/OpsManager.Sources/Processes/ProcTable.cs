using System.Globalization;
using System.IO.Abstractions;
using System.Runtime.InteropServices;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Processes by /proc. A zombie is gone. What cannot be read is unknown: only a process that neither /proc nor the kernel knows is gone
/// (docs/contract.md, "What the runtime really does", points 12 and 13).
/// </summary>
public sealed class ProcTable : IProcessTable
{
    /// <summary>The kernel's unit in /proc/PID/stat is 1/100 s on every architecture that .NET runs on (USER_HZ).</summary>
    private const int TicksPerSecond = 100;

    /// <summary>/proc/PID/stat has some 400 bytes, most of them digits; a name adds at most 16.</summary>
    private const int StatBytes = 1024;

    /// <summary>/proc/stat has a line for each processor and a long one of interrupts before the boot time.</summary>
    private const int HostStatBytes = 1024 * 1024;

    private const int MaxShown = 200;

    private readonly IProcHost host;
    private readonly ControlGroups groups;
    private readonly RunSearcher? searcher;
    private readonly string? repo;
    private readonly Dictionary<int, (ActiveRun Run, ProcStat Stat)> seenAlive = [];
    private (ActiveRun? Run, int Error, DirectoryIdentity Identity) claimed;

    internal ProcTable(IProcHost host, string? repo)
    {
        (this.host, this.repo) = (host, repo);
        groups = new ControlGroups(host);
        searcher = repo is null ? null : new RunSearcher(this, host, repo);
    }

    /// <summary>/proc where there is one, else nothing can be observed.</summary>
    /// <param name="repo">Whose runs are looked for; null where only single processes are.</param>
    public static IProcessTable Open(IFileSystem files, string? repo = null) =>
        OperatingSystem.IsLinux() && files.File.Exists("/proc/self/stat")
            ? new ProcTable(new LinuxProcHost(), repo)
            : new NoProcessTable();

    public bool IsObservable => true;

    public ProcessSighting Inspect(ActiveRun run)
    {
        if (ForeignRepo(run) is { } foreign)
        {
            return foreign;
        }

        var pid = run.Pid;
        var (stat, lost) = Find(pid);
        if (stat is not { } found)
        {
            return lost!.Fate == ProcessFate.Gone ? Gone(lost) : lost;
        }

        if (seenAlive.TryGetValue(pid, out var before) && before.Run.UpdatedAt == run.UpdatedAt
            && before.Run.ProcessGroup == run.ProcessGroup)
        {
            return before.Stat.Started == found.Started
                ? Alive(pid, found)
                : Gone(new(pid, ProcessFate.Gone, $"process {Text(pid)} has exited: a later process has its number now"));
        }

        var (command, shown) = Command(pid);
        var (fate, fact) = Claimant.Judge(run, new ClaimedProcess(pid, found.Group, StartedAt(found.Started), command, shown));
        switch (fate)
        {
            case ProcessFate.Alive:
                seenAlive[pid] = (run, found);
                return Alive(pid, found);
            case ProcessFate.Gone:
                return Gone(new(pid, fate, fact));
            default:
                return new(pid, fate, fact) { IsElsewhere = fate == ProcessFate.NotOurs };
        }
    }

    public ProcessSighting Inspect(CapturedProcess process) => Find(process.Pid) switch
    {
        (null, var lost) => lost!,
        ({ } stat, _) when stat.Started != process.Started => new(process.Pid, ProcessFate.Gone,
            $"process {Text(process.Pid)} has exited: a later process has its number now"),
        ({ } stat, _) => Alive(process.Pid, stat),
    };

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh) =>
        searcher?.Search(loop, now, isFresh) ?? RunSearch.NotObservable("no repository was given, so no run can be searched for");

    public IReadOnlyList<string> RunningLoops() => searcher?.RunningLoops() ?? [];

    /// <summary>The process, or where there is none to be seen, why: it has ended, or it cannot be read.</summary>
    internal (ProcStat? Stat, ProcessSighting? Lost) Find(int pid)
    {
        Span<byte> buffer = stackalloc byte[StatBytes];
        var read = host.Read(pid, ProcFile.Stat, buffer);
        if (read is -ErrorNumbers.NoEntry or -ErrorNumbers.NoProcess)
        {
            // A host that hides the processes of others says that there is no such file; the kernel itself knows.
            return host.Exists(pid) == ErrorNumbers.NoProcess
                ? (null, new(pid, ProcessFate.Gone, $"process {Text(pid)} has exited"))
                : (null, new(pid, ProcessFate.Unreadable,
                    $"process {Text(pid)} exists, but /proc does not show it (hidden from this user)"));
        }

        if (read < 0)
        {
            return (null,
                new(pid, ProcessFate.Unreadable, $"process {Text(pid)} cannot be checked: {Marshal.GetPInvokeErrorMessage(-read)}"));
        }

        return ProcStat.Parse(buffer[..read]) is not { } stat
            ? (null, new(pid, ProcessFate.Unreadable,
                $"process {Text(pid)} cannot be checked: /proc/{Text(pid)}/stat is not what it should be"))
            : stat.HasEnded ? (null, new(pid, ProcessFate.Gone, $"process {Text(pid)} has exited: it is a zombie"))
            : (stat, null);
    }

    /// <summary>How a living process is held still, and the sentence that says so; null where it is at work.</summary>
    internal (ProcessState State, string? Fact) StateOf(int pid, in ProcStat stat) =>
        stat.IsStopped ? (ProcessState.Stopped, $"process {Text(pid)} is stopped (state {stat.State} in /proc/{Text(pid)}/stat)")
        : groups.FrozenBy(pid, stat.Started) is { } path ? (ProcessState.Frozen, $"process {Text(pid)} is frozen ({path})")
        : (ProcessState.Running, null);

    /// <summary>When a process started by the host's clock, to the second; null where the host does not say.</summary>
    internal DateTimeOffset? StartedAt(ulong ticks)
    {
        // A host of many processors has a long file: it is read only where a process is seen for the first time.
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(HostStatBytes);
        try
        {
            var read = host.Read("/proc/stat", buffer);
            return read > 0 && ticks < uint.MaxValue * 100UL && ProcStat.BootTime(buffer.AsSpan(0, read)) is { } boot
                ? boot.AddSeconds(ticks / (double)TicksPerSecond) : null;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal static string Text(int pid) => pid.ToString(CultureInfo.InvariantCulture);

    private ProcessSighting Alive(int pid, in ProcStat stat)
    {
        var (state, fact) = StateOf(pid, stat);
        return new(pid, ProcessFate.Alive, fact ?? $"process {Text(pid)} is running", stat.Started, state);
    }

    private ProcessSighting Gone(ProcessSighting sighting)
    {
        if (seenAlive.Remove(sighting.Pid, out var before))
        {
            searcher?.Exited(sighting.Pid, before.Stat);
        }

        return sighting;
    }

    /// <summary>
    /// A claim may name another repository: it was copied with the files, or written in a container, where paths and numbers are
    /// others.
    /// </summary>
    private ProcessSighting? ForeignRepo(ActiveRun run)
    {
        if (repo is null || run.Repo is not { Length: > 0 } named || named == repo || !Path.IsPathRooted(named)
            || host.Identify(repo, out var own) != 0)
        {
            return null;
        }

        // It is looked for once for each claim that is read: a look at a path of any kind may take its time.
        if (!ReferenceEquals(claimed.Run, run))
        {
            var error = host.Identify(named, out var other);
            claimed = (run, error, other);
        }

        named = named.Length <= MaxShown ? named : named[..MaxShown] + "…";
        return claimed.Error switch
        {
            0 when claimed.Identity == own => null,
            0 => new(run.Pid, ProcessFate.NotOurs, $"active-run.json belongs to another repository, {named}"),
            ErrorNumbers.NoEntry or ErrorNumbers.NotADirectory => new(run.Pid, ProcessFate.NotOurs,
                $"active-run.json belongs to repository {named}, which is not on this host")
            {
                IsElsewhere = true,
            },
            _ => null,
        };
    }

    private (CommandKind Kind, string Shown) Command(int pid)
    {
        Span<byte> buffer = stackalloc byte[RunSearcher.CommandBytes];
        var read = host.Read(pid, ProcFile.CommandLine, buffer);
        if (read < 0)
        {
            return (CommandKind.Unread, "");
        }

        var arguments = RunCommand.Split(buffer[..read]);
        return (RunCommand.NamesRuntime(arguments) ? CommandKind.Runtime : CommandKind.Other, RunCommand.Shown(arguments));
    }
}
