namespace OpsManager.Core.Events;

/// <summary>Makes an index of the bytes that <see cref="EventLogPart.Write"/> wrote: row for row and word for word the same.</summary>
public static class EventLogReader
{
    /// <summary>In place of the seconds since the row before: time, iteration and place follow in full.</summary>
    internal const byte Explicit = 255;

    /// <summary>A row has at least so many bytes.</summary>
    private const int MinRowBytes = 3;

    private const int MinCombinationBytes = 5;

    /// <summary>The index; null where the bytes cannot be one. Nothing is read behind it.</summary>
    /// <param name="size">Of the log: no row is behind its end.</param>
    public static EventLog? Read(ref IndexReader from, long size)
    {
        var end = from.Number();
        if (end > (ulong)size)
        {
            return null;
        }

        var log = new EventLog();
        if (!Words(ref from, log.Words) || Combinations(ref from, log.Words) is not { } table)
        {
            return null;
        }

        return Rows(ref from, log, table, (long)end) && !from.IsBroken && log.EndOffset == (long)end ? log : null;
    }

    private static bool Words(ref IndexReader from, WordTable words)
    {
        for (var left = from.Number(WordTable.NotKept); left > 0; left--)
        {
            var expected = words.Count;
            if (words.Number(from.Text()) != expected)
            {
                return false;
            }
        }

        return !from.IsBroken;
    }

    private static RowWords[]? Combinations(ref IndexReader from, WordTable words)
    {
        var count = from.Number(int.MaxValue);
        if (count > from.Left / MinCombinationBytes)
        {
            return null;
        }

        var table = new RowWords[count];
        for (var at = 0; at < count; at++)
        {
            table[at] = new RowWords(
                Word(ref from, words), Word(ref from, words), Word(ref from, words), Word(ref from, words), Word(ref from, words));
        }

        return from.IsBroken ? null : table;
    }

    private static ushort Word(ref IndexReader from, WordTable words)
    {
        var number = (ushort)from.Number(WordTable.NotKept);
        return number < words.Count || number == WordTable.NotKept ? number : WordTable.None;
    }

    private static bool Rows(ref IndexReader from, EventLog log, RowWords[] table, long end)
    {
        var count = from.Number(int.MaxValue);
        if (count > from.Left / MinRowBytes || (count > 0 && table.Length == 0))
        {
            return false;
        }

        var before = RowsBefore.None;
        for (var row = 0; row < count; row++)
        {
            var number = from.Number(table.Length - 1);
            var length = from.Number(int.MaxValue);
            var (second, iteration, offset) = ((ulong)before.Second, before.Iteration, before.End);
            var later = from.Byte();
            if (later == Explicit)
            {
                (second, iteration, offset) = (from.Number(), from.Signed(), before.End + from.Signed());
            }
            else
            {
                second += later;
            }

            if (from.IsBroken || second > uint.MaxValue || iteration is < EventRow.MinIteration or > EventRow.MaxIteration || offset < before.End
                || offset + length >= end)
            {
                return false;
            }

            ref readonly var named = ref table[number];
            var read = new EventRow
            {
                Offset = offset,
                Length = length,
                Second = (uint)second,
                Iteration = iteration,
                Name = named.Name,
                Role = named.Role,
                Status = named.Status,
                Run = named.Run,
                Detail = named.Detail,
            };
            before = before.With(read);
            log.Add(read, before.End);
        }

        return true;
    }
}
