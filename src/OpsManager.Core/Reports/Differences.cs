using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Projection;

namespace OpsManager.Core.Reports;

/// <summary>Compares the model, which was built step by step, with one built from the same artifacts read again.</summary>
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
                found.Add($"{what}: {Word(folded)} as shown, {Word(read)} when read again");
            }
        }

        Projected one = stepByStep.Projected, other = anew.Projected;
        Compare("contract status", one.Status.Word(), other.Status.Word());
        Compare("run", one.RunId, other.RunId);
        Compare("iteration", one.Iteration, other.Iteration);
        Compare("pending approval", one.HasPendingApproval, other.HasPendingApproval);
        Compare("complete", one.CompletionOk, other.CompletionOk);
        Compare("active", one.Active, other.Active);
        Compare("last event", one.LastEventName, other.LastEventName);
        Compare("time of the last event", one.LastEventAt, other.LastEventAt);
        Compare("flags", one.Flags, other.Flags);
        Compare("lines of the log", stepByStep.Tally.Lines, anew.Tally.Lines);
        Compare("end of the run", stepByStep.Tally.End, anew.Tally.End);
        Compare("start of the run", stepByStep.Tally.RunStart, anew.Tally.RunStart);
        Compare("lifecycle", stepByStep.Verdict.Lifecycle.Word(), anew.Verdict.Lifecycle.Word());
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
