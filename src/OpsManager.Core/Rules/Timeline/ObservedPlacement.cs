using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>
/// Where the rows of ops-manager are among the lines of the log. What was seen while the log was followed is behind what the log had
/// then: that is the order in which it happened, whatever the clocks say. What is only known from a record, or was seen before the log
/// was read, stands by its time: behind the last line that is not later.
/// </summary>
internal static class ObservedPlacement
{
    /// <summary>The end of what is known of the log, in bytes; null where it was not read to its end.</summary>
    public static long? End(LoopFacts loop) => loop.IsCounted ? EndOf(Log(loop)) : null;

    public static ObservedRows Place(ObservedRows rows, LoopFacts loop)
    {
        if (!rows.HasUnplaced)
        {
            return rows;
        }

        var (log, count) = Log(loop);
        var isFinal = loop.IsCounted;
        var placed = rows.Rows.ToArray();
        var line = count;
        // From the newest to the oldest, so that the log is walked back once.
        var unplaced = Enumerable.Range(0, placed.Length).Where(index => !placed[index].IsPlaced);
        foreach (var index in unplaced.OrderByDescending(index => placed[index].At))
        {
            var row = placed[index];
            line = log is null ? 0 : BehindLastUntil(log, line, row.At.ToUnixTimeSeconds());
            var offset = log is null ? 0 : OffsetOf(log, SkipUndated(log, line, count), count);
            placed[index] = row with { Offset = row.Limit is { } limit ? Math.Min(limit, offset) : offset, IsPlaced = isFinal };
        }

        var hasUnplaced = Array.Exists(placed, static row => !row.IsPlaced);
        ObservedRow[] ordered = [.. placed.OrderBy(static row => row.Offset).ThenBy(static row => row.At).ThenBy(static row => row.Id)];
        return hasUnplaced && rows.Rows.SequenceEqual(ordered) ? rows : rows with { Rows = [.. ordered], HasUnplaced = hasUnplaced };
    }

    private static (EventLog? Log, int Count) Log(LoopFacts loop) =>
        loop.Withheld is { } withheld ? (withheld.Log, withheld.Count) : (loop.Log, loop.Tally.Lines);

    private static long EndOf((EventLog? Log, int Count) of) => of.Log is { } log ? OffsetOf(log, of.Count, of.Count) : 0;

    /// <summary>The first byte of a line; behind the last one, that of the next to come.</summary>
    private static long OffsetOf(EventLog log, int line, int count) =>
        line < count ? log[line].Offset : count == 0 ? 0 : log[count - 1].Offset + log[count - 1].Length + 1;

    private static int BehindLastUntil(EventLog log, int line, long second)
    {
        while (line > log.Skipped && (log[line - 1].Second == 0 || log[line - 1].Second > second))
        {
            line--;
        }

        return line;
    }

    /// <summary>A line without a time belongs to what is before it.</summary>
    private static int SkipUndated(EventLog log, int line, int count)
    {
        while (line > log.Skipped && line < count && log[line].Second == 0)
        {
            line++;
        }

        return line;
    }
}
