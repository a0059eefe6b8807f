using System.Runtime.InteropServices;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Searches the process table for the process of a run that nothing claims. A process that was found is only looked at again; where none
/// was, the table is read again at once when something of the loop has changed, and else ever more seldom.
/// </summary>
internal sealed class RunSearcher(ProcTable table, IProcHost host, string repo)
{
    /// <summary>Longest part of a command line that is read.</summary>
    public const int CommandBytes = 4096;

    /// <summary>A host with more processes than this is not read to its end, and then nothing is said of the rest.</summary>
    private const int MaxProcesses = 32_768;

    private const int MaxAncestors = 64;
    private const int MaxExited = 64;

    /// <summary>Loops of one repository that are searched for at once.</summary>
    private const int MaxLoops = 64;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);

    /// <summary>Processes of runs that have ended: what they left behind in their group has the same command line and is no run.</summary>
    private readonly Queue<(int Pid, ProcStat Stat)> exited = [];
    private readonly List<int> pids = [];
    private readonly byte[] buffer = new byte[CommandBytes];
    private DirectoryIdentity? identity;
    private readonly Dictionary<string, (int Pid, ProcStat Stat, RunSearch Said)> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, TimeSpan Pause, RunSearch Said)> last = new(StringComparer.Ordinal);

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh)
    {
        if (found.TryGetValue(loop, out var known) && Again(loop, known) is { } same)
        {
            return same;
        }

        var wasSearched = last.TryGetValue(loop, out var before);
        if (wasSearched && (now - before.At).Duration() < (isFresh ? ShortestPause : before.Pause))
        {
            return before.Said;
        }

        var said = Scan(loop);
        var pause = isFresh || !wasSearched || said != before.Said ? ShortestPause : before.Pause * 2;
        last.Remove(loop);
        if (said.Fate != ProcessFate.Alive)
        {
            Room(last)[loop] = (now, pause < MaxPause ? pause : MaxPause, said);
        }

        return said;
    }

    /// <summary>
    /// The loops of this repository that processes run by their command line; only those that <see cref="Search"/> then finds.
    /// </summary>
    public IReadOnlyList<string> RunningLoops()
    {
        pids.Clear();
        if (host.List(pids, MaxProcesses) != 0)
        {
            return [];
        }

        identity = host.Identify(repo, out var here) == 0 ? here : null;
        var loops = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pid in pids)
        {
            var read = host.Read(pid, ProcFile.CommandLine, buffer);
            if (loops.Count < MaxLoops && read > 0 && buffer.AsSpan(0, read).IndexOf("superloop"u8) >= 0
                && RunCommand.Parse(RunCommand.Split(buffer.AsSpan(0, read))) is { Loop: { } loop } command && ArtifactPaths.IsLoopId(loop)
                && table.Find(pid).Stat is { } stat && Doubt(pid, stat, command, loop) is null)
            {
                loops.Add(loop);
            }
        }

        return [.. loops];
    }

    private static Dictionary<string, T> Room<T>(Dictionary<string, T> remembered)
    {
        if (remembered.Count >= MaxLoops)
        {
            remembered.Clear();
        }

        return remembered;
    }

    /// <summary>A process of a run has ended.</summary>
    public void Exited(int pid, in ProcStat stat)
    {
        if (exited.Count == MaxExited)
        {
            exited.Dequeue();
        }

        exited.Enqueue((pid, stat));
    }

    /// <summary>The process that was found before, while it is the same; null once it is not, or that is unknown.</summary>
    private RunSearch? Again(string loop, (int Pid, ProcStat Stat, RunSearch Said) known)
    {
        var (stat, lost) = table.Find(known.Pid);
        if (stat is { } now && now.Started == known.Stat.Started)
        {
            var (state, fact) = table.StateOf(known.Pid, now);
            return state == known.Said.State
                ? known.Said : Keep(loop, known.Pid, now, known.Said with { State = state, Fact = Fact(known.Pid, fact) });
        }

        if (lost is { Fate: ProcessFate.Unreadable })
        {
            return new RunSearch(ProcessFate.Unreadable, lost.Fact);
        }

        Exited(known.Pid, known.Stat);
        found.Remove(loop);
        return null;
    }

    private RunSearch Keep(string loop, int pid, in ProcStat stat, RunSearch said)
    {
        Room(found)[loop] = (pid, stat, said);
        return said;
    }

    private static string Fact(int pid, string? held) => held is null
        ? $"process {ProcTable.Text(pid)} is running, and its command line says it runs this loop"
        : $"{held}, and its command line says it runs this loop";

    private RunSearch Scan(string loop)
    {
        pids.Clear();
        if (host.List(pids, MaxProcesses) is not 0 and var error)
        {
            return new(ProcessFate.Unreadable, $"the process table cannot be read: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        identity = host.Identify(repo, out var here) == 0 ? here : null;
        var hidden = pids.Count == MaxProcesses ? $"the host has {MaxProcesses} processes or more; not all were checked" : Hidden();
        (int Pid, ProcStat Stat)? oldest = null;
        foreach (var pid in pids)
        {
            var read = host.Read(pid, ProcFile.CommandLine, buffer);
            if (read < 0)
            {
                hidden ??= read is -ErrorNumbers.NoEntry or -ErrorNumbers.NoProcess
                    ? null : $"process {ProcTable.Text(pid)} cannot be checked: {Marshal.GetPInvokeErrorMessage(-read)}";
                continue;
            }

            if (buffer.AsSpan(0, read).IndexOf("superloop"u8) < 0
                || RunCommand.Parse(RunCommand.Split(buffer.AsSpan(0, read))) is not { } command
                    || (command.Loop is { } named && named != loop))
            {
                continue;
            }

            var (stat, lost) = table.Find(pid);
            if (stat is not { } seen)
            {
                hidden ??= lost!.Fate == ProcessFate.Unreadable ? lost.Fact : null;
            }
            else if (Doubt(pid, seen, command, loop) is { } doubt)
            {
                hidden ??= doubt.Length > 0 ? doubt : null;
            }
            else if (oldest is not { } other || seen.Started < other.Stat.Started)
            {
                oldest = (pid, seen);
            }
        }

        if (oldest is not { } run)
        {
            return hidden is null ? new(ProcessFate.Gone, "no process on this host runs this loop") : new(ProcessFate.Unreadable, hidden);
        }

        var (state, fact) = table.StateOf(run.Pid, run.Stat);
        return Keep(loop, run.Pid, run.Stat, new(ProcessFate.Alive, Fact(run.Pid, fact))
        {
            Pid = run.Pid,
            Group = run.Stat.Group,
            Started = run.Stat.Started,
            StartedAt = table.StartedAt(run.Stat.Started),
            State = state,
        });
    }

    /// <summary>Whether /proc hides processes of others: then process 1, which every host has, is not listed.</summary>
    private string? Hidden() =>
        !pids.Contains(1) && host.Exists(1) != ErrorNumbers.NoProcess ? "/proc hides the processes of other users" : null;

    /// <summary>Null where this is a process of this run. Else empty where it is surely none, or why it proves nothing.</summary>
    private string? Doubt(int pid, in ProcStat stat, RunCommand command, string loop)
    {
        switch (IsHere(pid, command))
        {
            case false:
                return "";
            case null:
                return $"process {ProcTable.Text(pid)} runs a loop of this name, but not even its working directory can be read";
        }

        foreach (var (ended, was) in exited)
        {
            // A job of a shell leads its group; without one, what the run left behind has lost its parent.
            if (stat.Group == was.Group && pid != stat.Group && (ended == was.Group || stat.Parent != was.Parent))
            {
                return "";
            }
        }

        return Ancestor(stat, loop) is { } ancestor
            ? ancestor.Length == 0 ? "" : $"process {ProcTable.Text(pid)} runs this loop, but {ancestor} started it" : null;
    }

    /// <summary>
    /// What an agent starts proves nothing: the agent above, null where there is none, empty where it is a run of this very loop.
    /// </summary>
    private string? Ancestor(ProcStat stat, string loop)
    {
        string? agent = null;
        for (var steps = 0; steps < MaxAncestors && stat.Parent > 1; steps++)
        {
            var parent = stat.Parent;
            if (table.Find(parent).Stat is not { } above || above.Started > stat.Started)
            {
                break;
            }

            var read = host.Read(parent, ProcFile.CommandLine, buffer);
            var arguments = read > 0 ? RunCommand.Split(buffer.AsSpan(0, read)) : [];
            if (RunCommand.Parse(arguments) is { } run)
            {
                if ((run.Loop is null || run.Loop == loop) && IsHere(parent, run) == true)
                {
                    return "";
                }

                agent ??= $"process {ProcTable.Text(parent)}, a run of another loop,";
            }
            else if (RunCommand.Agent(arguments) is { } name)
            {
                agent ??= $"process {ProcTable.Text(parent)}, the agent {name},";
            }

            stat = above;
        }

        return agent;
    }

    /// <summary>Whether a command is for this repository; null where that is unknown.</summary>
    private bool? IsHere(int pid, RunCommand command)
    {
        var given = command.Repo is { Length: > 0 } path ? path : ".";
        var number = ProcTable.Text(pid);
        var isRooted = Path.IsPathRooted(given);

        // The process's own root and working directory: it may be in a container, where paths are others.
        var (error, same) = Compare(isRooted ? $"/proc/{number}/root{given}" : $"/proc/{number}/cwd/{given}");
        if (same)
        {
            return true;
        }

        if (isRooted && error is not (0 or ErrorNumbers.NoEntry))
        {
            return given == repo || Compare(given).Same;
        }

        // The runtime may have changed into the repository since, and a path from there leads nowhere.
        if (!isRooted && error is ErrorNumbers.NoEntry or ErrorNumbers.NotADirectory)
        {
            return Compare($"/proc/{number}/cwd").Same;
        }

        return error is 0 or ErrorNumbers.NoEntry or ErrorNumbers.NotADirectory ? false : null;
    }

    private (int Error, bool Same) Compare(string path)
    {
        var error = host.Identify(path, out var other);
        return (error, error == 0 && identity == other);
    }
}
