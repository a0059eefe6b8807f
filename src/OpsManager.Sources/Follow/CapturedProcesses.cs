using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>The processes that cancels were meant for, until they are gone: also those of a manager that has ended.</summary>
internal sealed class CapturedProcesses(string repo, IProcessTable processes)
{
    private const int MaxCaptured = 256;

    private readonly Dictionary<CapturedProcess, ProcessSighting?> captured = [];

    /// <summary>Takes note of the cancels in <paramref name="batch"/>, looks at all processes, and says what is new.</summary>
    public void Look(DateTimeOffset now, List<Observation> batch)
    {
        foreach (var row in batch.OfType<ControlRowsSeen>().SelectMany(static seen => seen.Reading.Rows))
        {
            if (row is not { Intent: IntentWords.Cancel, Aim: { Pid: { } pid, PidStarted: { } started, PidGone: false } })
            {
                continue;
            }

            if (ControlRow.IsSuccess(row.Outcome))
            {
                captured.Remove(new(pid, started));
            }
            else if (captured.Count < MaxCaptured)
            {
                captured.TryAdd(new(pid, started), null);
            }
        }

        foreach (var (process, last) in captured)
        {
            if (last is { Fate: ProcessFate.Gone } || processes.Inspect(process) is var sighting && sighting == last)
            {
                continue;
            }

            batch.Add(new CapturedSeen(now, repo, process, sighting));
            captured[process] = sighting;
        }
    }
}
