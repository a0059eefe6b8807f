using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Compare;

/// <summary>One run of a loop, as its log and usage.jsonl tell it: what a comparison compares.</summary>
/// <param name="RunId">Null where its events name none.</param>
/// <param name="Number">Which run of the log it is, from 1 for the oldest.</param>
public sealed record RunRecord(string? RunId, int Number)
{
    /// <summary>Where it was found, as messages name it: a recording, a repository.</summary>
    public string Place { get; init; } = "";

    /// <summary>The loop whose run it is.</summary>
    public string Loop { get; init; } = "";

    /// <summary>In the order of the log.</summary>
    public IReadOnlyList<RunStep> Steps { get; init; } = [];

    /// <summary>Rows of usage.jsonl that were written in its time.</summary>
    public IReadOnlyList<UsageEntry> Usage { get; init; } = [];

    /// <summary>The iteration that is meant; null where it is the whole run.</summary>
    public long? Iteration { get; init; }

    /// <summary>When it began; null where no line says.</summary>
    public DateTimeOffset? Start => Steps.FirstOrDefault(static step => step.Second > 0)?.At;

    /// <summary>When its last line was written; null where no line says.</summary>
    public DateTimeOffset? LastAt => Steps.LastOrDefault(static step => step.Second > 0)?.At;

    /// <summary>From its first line to its last; null where a time is missing, or the clock went back.</summary>
    public TimeSpan? Length => LastAt - Start is { } length && length >= TimeSpan.Zero ? length : null;

    /// <summary>The numbers of its iterations, in order.</summary>
    public IReadOnlyList<long> Iterations =>
        [.. Steps.Where(static step => step.Name == EventNames.IterationStart).Select(static step => step.Iteration).Distinct().Order()];

    /// <summary>What its roles took.</summary>
    public UsageSum UsageSum => UsageSum.From(Usage);

    /// <summary>How it ended, by the event that ended it: "complete", "stopped: max iterations", "no event ended it".</summary>
    public string End
    {
        get
        {
            for (var at = Steps.Count - 1; at >= 0; at--)
            {
                if (Steps[at].Name is EventNames.LoopStart or EventNames.IterationStart or EventNames.RoleStart)
                {
                    break;
                }

                if (EndOf(Steps[at]) is { } end)
                {
                    return end;
                }
            }

            return Iteration is { } number && Steps.Any(step => step.Name == EventNames.IterationEnd && step.Iteration == number)
                ? "the iteration ended"
                : Iteration is null ? "no event ended it" : "no event ended the iteration";
        }
    }

    /// <summary>One iteration of it.</summary>
    public RunRecord Slice(long iteration) => this with
    {
        Iteration = iteration,
        Steps = [.. Steps.Where(step => step.Iteration == iteration && step.Name is not EventNames.LoopStart)],
        Usage = [.. Usage.Where(row => row.Iteration == iteration)],
    };

    private static string? EndOf(RunStep step)
    {
        var reason = step.Fields.FirstOrDefault(static field => field.Name == "reason").Value?.Replace('_', ' ');
        return step.Name switch
        {
            EventNames.LoopComplete => "complete",
            EventNames.LoopStop => reason is null ? "stopped" : $"stopped: {reason}",
            EventNames.RateLimitStop => "stopped: rate limit",
            EventNames.NoProgressStop => "stopped: no progress",
            _ => null,
        };
    }
}
