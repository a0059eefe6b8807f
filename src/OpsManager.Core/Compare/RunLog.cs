using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Compare;

/// <summary>
/// Parts the log of a loop into its runs, line by line. A line is of the run that it names, whatever comes before it: an approval that
/// is consumed later names the run that was approved.
/// </summary>
public sealed class RunLog
{
    private readonly StepReader reader = new();
    private readonly List<Run> runs = [];
    private readonly Dictionary<string, Run> byId = new(StringComparer.Ordinal);
    private Run? current;
    private int lines;

    /// <summary>Takes the next line, without its newline.</summary>
    public void Add(ReadOnlySpan<byte> line, long offset)
    {
        if (reader.Read(line, offset, ++lines) is { } step)
        {
            Add(step, reader.RunId);
        }
    }

    /// <summary>Takes the next line, of which only the length is known, because it is too long.</summary>
    public void AddLong(long offset, long length) => Add(StepReader.Long(offset, length, ++lines), null);

    /// <summary>The runs, the one that began first before the others.</summary>
    /// <param name="usage">Rows of usage.jsonl. They name no run: each is of the run that had begun last when it was written.</param>
    public IReadOnlyList<RunRecord> Build(IReadOnlyList<UsageEntry> usage)
    {
        if (runs.Count == 0)
        {
            return [];
        }

        var rows = runs.Select(static _ => new List<UsageEntry>()).ToArray();
        foreach (var entry in usage)
        {
            rows[RunAt(entry.Timestamp)].Add(entry);
        }

        return [.. runs.Select((run, at) => new RunRecord(run.Id, at + 1) { Steps = run.Steps, Usage = rows[at] })];
    }

    private int RunAt(DateTimeOffset? time)
    {
        var at = runs.Count - 1;
        while (at > 0 && time is { } moment && runs[at].Start > moment.ToUnixTimeSeconds())
        {
            at--;
        }

        return at;
    }

    private void Add(RunStep step, string? id)
    {
        var run = RunOf(step, id);
        current = run;
        run.Start = run.Start == 0 ? step.Second : run.Start;
        run.Iteration = step.Iteration >= 0 ? step.Iteration : run.Iteration;
        run.Steps.Add(step.Iteration >= 0 ? step : step with { Iteration = run.Iteration });
    }

    private Run RunOf(RunStep step, string? id)
    {
        if (id is null)
        {
            var starts = step.Name == EventNames.LoopStart && current is not { Id: not null };
            return current is null || (starts && current.Steps.Count > 0) ? Begin(null) : current;
        }

        if (!byId.TryGetValue(id, out var run))
        {
            byId.Add(id, run = Begin(id));
        }

        return run;
    }

    private Run Begin(string? id)
    {
        runs.Add(new Run(id));
        return runs[^1];
    }

    private sealed class Run(string? id)
    {
        public string? Id => id;

        public List<RunStep> Steps { get; } = [];

        /// <summary>The time of its first line that has one, in seconds since 1970.</summary>
        public uint Start { get; set; }

        public long Iteration { get; set; } = -1;
    }
}
