using System.Collections.Immutable;
using OpsManager.Contract.Artifacts;

namespace OpsManager.Core.Facts;

/// <summary>
/// What an iteration took. Rows of usage.jsonl name no run, and iterations start over with each: their time tells which iteration they
/// are of.
/// </summary>
public static class UsageSpan
{
    /// <summary>The rows of an iteration between two moments, both included. Costs what is found, not what is kept.</summary>
    public static UsageSum Of(LoopFacts loop, long iteration, DateTimeOffset from, DateTimeOffset to)
    {
        var (rows, isInOrder) = (loop.Usage.Rows, loop.UsageTotals.IsInOrder);
        var sum = UsageSum.None;
        for (var i = isInOrder ? FirstFrom(rows, from) : 0; i < rows.Count; i++)
        {
            var entry = rows[i];
            if (isInOrder && entry.Timestamp > to)
            {
                break;
            }

            sum = entry.Iteration == iteration && entry.Timestamp >= from && entry.Timestamp <= to ? sum.With(entry) : sum;
        }

        return sum;
    }

    private static int FirstFrom(ImmutableList<UsageEntry> rows, DateTimeOffset from)
    {
        int low = 0, high = rows.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (rows[middle].Timestamp < from)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
