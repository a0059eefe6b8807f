using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Replay;

/// <summary>The processes of a tape as the recorder saw them. What the recorder did not note rules nothing out.</summary>
/// <param name="repo">The path by which artifacts name the repository; null where the tape does not say.</param>
/// <param name="seesProcesses">The recorder says that it could see processes.</param>
internal sealed class TapeProcesses(string? repo = null, bool seesProcesses = false) : IProcessTable
{
    private readonly Dictionary<int, TapeProcess> seen = [];
    private readonly Dictionary<string, TapeProcess> searched = new(StringComparer.Ordinal);
    private readonly Dictionary<CapturedProcess, TapeProcess> captured = [];

    /// <summary>The recorder could see processes if it says so, or ever saw one.</summary>
    public bool IsObservable => seesProcesses || seen.Count > 0 || searched.Count > 0;

    public bool IsRecorded => true;

    public void Apply(TapeStep step)
    {
        switch (step)
        {
            case TapeProcess { Seen.Inquiry: TapeInquiry.Search, Loop: { } loop } search:
                searched[loop] = search;
                break;
            case TapeProcess { Seen: { Inquiry: TapeInquiry.Cancel, Ticks: { } ticks } } process:
                captured[new(process.Pid, ticks)] = process;
                break;
            case TapeProcess process:
                seen[process.Pid] = process;
                break;
        }
    }

    public ProcessSighting Inspect(ActiveRun run)
    {
        if (seen.TryGetValue(run.Pid, out var told) && told.Seen is not null)
        {
            return RecordedSightings.Sighting(told, told.Seen);
        }

        if (repo is not null && run.Repo is { } named && Plain(named) != Plain(repo))
        {
            return new(run.Pid, ProcessFate.NotOurs, $"active-run.json belongs to another repository, {named}") { IsElsewhere = true };
        }

        if (!seen.TryGetValue(run.Pid, out var process))
        {
            return NotObserved(run.Pid);
        }

        if (process is { Alive: true, IsUnreadable: false })
        {
            var command = process.Command is null || RunCommand.NamesRuntime(Arguments(process)) ? CommandKind.Runtime : CommandKind.Other;
            var (fate, fact) = Claimant.Judge(run,
                new ClaimedProcess(run.Pid, process.Group, process.StartedAt, command, RunCommand.Shown(Arguments(process))));
            if (fate != ProcessFate.Alive)
            {
                return new(run.Pid, fate, fact) { IsElsewhere = fate == ProcessFate.NotOurs };
            }
        }

        return new(run.Pid, Fate(process), Fact(process), State: process.Alive ? process.State : ProcessState.Running);
    }

    public ProcessSighting Inspect(CapturedProcess process) => captured.TryGetValue(process, out var told)
        ? RecordedSightings.Sighting(told, told.Seen!) : NotObserved(process.Pid);

    public RunSearch Search(string loop, DateTimeOffset now, bool isFresh)
    {
        if (searched.TryGetValue(loop, out var told))
        {
            return RecordedSightings.Search(told, told.Seen!);
        }

        var found = seen.Values.Where(process => process.Loop == loop && process.Command is not null && IsHere(process)).ToArray();
        if (found.FirstOrDefault(static process => process is { Alive: true, IsUnreadable: false }) is { } running)
        {
            return new(ProcessFate.Alive,
                $"{Fact(running)}, and its command line says it runs this loop")
            {
                Pid = running.Pid,
                StartedAt = running.StartedAt,
                State = running.State,
            };
        }

        return found.FirstOrDefault(static process => process.IsUnreadable) is { } unreadable
            ? new(ProcessFate.Unreadable, Fact(unreadable))
            : found.Length > 0 ? new(ProcessFate.Gone, "no process on this host runs this loop")
            : RunSearch.NotObservable("the recorder searched for no process of this loop");
    }

    public IReadOnlyList<string> RunningLoops() =>
    [
        .. seen.Values
            .Where(process => process is { Alive: true, IsUnreadable: false, Command: not null, Loop: not null } && IsHere(process))
            .Select(static process => process.Loop!)
            .Concat(searched.Where(static told => told.Value.Seen is { Fate: TapeFate.Alive }).Select(static told => told.Key))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether its command line is for this repository and a loop; of a tape that does not say where it is, any is.</summary>
    private bool IsHere(TapeProcess process) =>
        RunCommand.Parse(Arguments(process)) is { } command && (command.Loop is null || command.Loop == process.Loop)
        && (repo is null || command.Repo is not ['/', ..] || Plain(command.Repo) == Plain(repo));

    private static string[] Arguments(TapeProcess process) => process.Command?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Plain(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    private static ProcessFate Fate(TapeProcess process) =>
        process.IsUnreadable ? ProcessFate.Unreadable : process.Alive ? ProcessFate.Alive : ProcessFate.Gone;

    private static string Fact(TapeProcess process)
    {
        var pid = process.Pid.ToString(CultureInfo.InvariantCulture);
        return process switch
        {
            { IsUnreadable: true } => $"the recorder could not check process {pid}",
            { Alive: false } => $"process {pid} has exited",
            { State: not ProcessState.Running } => $"process {pid} is {process.State.Word()}",
            _ => $"process {pid} is running",
        };
    }

    private static ProcessSighting NotObserved(int pid) =>
        new(pid, ProcessFate.NotObservable, $"the recorder did not observe process {pid}");
}
