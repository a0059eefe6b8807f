using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Projection;

namespace OpsManager.Core.Reports;

/// <summary>Compares what was folded step by step with what was folded anew from the same artifacts.</summary>
public static class Differences
{
    /// <summary>What is different, in words; null where nothing is.</summary>
    public static string? Between(LoopModel stepByStep, LoopModel anew)
    {
        var found = new List<string>();
        void Compare<T>(string what, T folded, T read)
        {
            if (!EqualityComparer<T>.Default.Equals(folded, read))
            {
                found.Add($"{what} is {Word(folded)} in the model, and {Word(read)} when read again");
            }
        }

        Projected one = stepByStep.Projected, other = anew.Projected;
        Compare("the contract status", one.Status.Word(), other.Status.Word());
        Compare("the run", one.RunId, other.RunId);
        Compare("the iteration", one.Iteration, other.Iteration);
        Compare("the pending approval", one.HasPendingApproval, other.HasPendingApproval);
        Compare("completion", one.CompletionOk, other.CompletionOk);
        Compare("active", one.Active, other.Active);
        Compare("the last event", one.LastEventName, other.LastEventName);
        Compare("its time", one.LastEventAt, other.LastEventAt);
        Compare("the flags", one.Flags, other.Flags);
        Compare("the lines of the log", stepByStep.Tally.Lines, anew.Tally.Lines);
        Compare("the end of the run", stepByStep.Tally.End, anew.Tally.End);
        Compare("the start of the run", stepByStep.Tally.RunStart, anew.Tally.RunStart);
        Compare("the assessment", stepByStep.Verdict.Lifecycle.Word(), anew.Verdict.Lifecycle.Word());
        return found.Count == 0 ? null : string.Join("; ", found);
    }

    private static string Word<T>(T value) => value switch
    {
        null => "none",
        bool flag => flag ? "yes" : "no",
        Events.EventMoment moment => $"{moment.Name} in line {moment.Line.ToString(CultureInfo.InvariantCulture)}",
        _ => value.ToString() ?? "none",
    };
}
