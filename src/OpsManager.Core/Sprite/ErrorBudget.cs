namespace OpsManager.Core.Sprite;

/// <summary>
/// Counts requests and failures of the last hour, or another window, by sixtieths of it. With few requests one failure would be a
/// large share: some are always allowed. Has no clock; not safe for several threads at once.
/// </summary>
/// <param name="objective">Share of requests that are to be answered well, 0 to 1.</param>
/// <param name="least">Failures that are always allowed.</param>
public sealed class ErrorBudget(double objective, TimeSpan window, int least)
{
    private const int Slots = 60;

    private readonly (long Slot, int Total, int Failed)[] counts = new (long, int, int)[Slots];

    public void Count(DateTimeOffset now, bool isGood)
    {
        var slot = SlotOf(now);
        ref var count = ref counts[slot % Slots];
        if (count.Slot != slot)
        {
            count = (slot, 0, 0);
        }

        count = (slot, count.Total + 1, count.Failed + (isGood ? 0 : 1));
    }

    public BudgetReading Read(DateTimeOffset now)
    {
        var newest = SlotOf(now);
        int total = 0, failed = 0;
        foreach (var count in counts)
        {
            if (count.Slot > newest - Slots && count.Slot <= newest)
            {
                total += count.Total;
                failed += count.Failed;
            }
        }

        return new(objective, total, failed, Math.Max(least, (int)Math.Ceiling((total * (1 - objective)) - 1e-9)));
    }

    /// <summary>Resets the counts: earlier failures no longer count.</summary>
    public void Reset() => Array.Clear(counts);

    private long SlotOf(DateTimeOffset now) => now.UtcTicks / (window.Ticks / Slots);
}
