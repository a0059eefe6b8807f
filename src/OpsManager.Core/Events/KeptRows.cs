namespace OpsManager.Core.Events;

/// <summary>
/// Rows of an index as few bytes, in chunks that are read one by one when somebody looks at them. Any thread may read.
/// </summary>
/// <param name="bytes">All chunks.</param>
/// <param name="ends">Where each chunk ends in them.</param>
/// <param name="table">The texts that rows have, as numbers of their log.</param>
internal sealed class KeptRows(ReadOnlyMemory<byte> bytes, int[] ends, RowWords[] table, int count)
{
    /// <summary>In place of the seconds since the row before: time, iteration and place follow in full.</summary>
    public const byte Explicit = 255;

    public int Count => count;

    /// <summary>
    /// Writes a chunk: four or five bytes a row. Most lines begin where the one before ended, are of the same iteration, and at most a few
    /// seconds younger; the same few combinations of words come again and again.
    /// </summary>
    public static void Write(IndexWriter to, EventLog log, int from, int until, Dictionary<RowWords, int> table)
    {
        var before = RowsBefore.None;
        for (var row = from; row < until; row++)
        {
            ref readonly var seen = ref log[row];
            var words = new RowWords(seen.Name, seen.Role, seen.Status, seen.Run, seen.Detail);
            if (!table.TryGetValue(words, out var number))
            {
                table.Add(words, number = table.Count);
            }

            to.Number((ulong)number);
            to.Number((ulong)seen.Length);
            var later = (long)seen.Second - before.Second;
            if (later is >= 0 and < Explicit && seen.Iteration == before.Iteration && seen.Offset == before.End)
            {
                to.Byte((byte)later);
            }
            else
            {
                to.Byte(Explicit);
                to.Number(seen.Second);
                to.Signed(seen.Iteration);
                to.Signed(seen.Offset - before.End);
            }

            before = before.With(seen);
        }
    }

    /// <summary>The rows of a chunk.</summary>
    /// <remarks>The file's checksum says that they are as they were written. Bytes that are not are lines that are no event.</remarks>
    public EventRow[] Chunk(int chunk)
    {
        var rows = new EventRow[EventLog.ChunkRows];
        var start = chunk == 0 ? 0 : ends[chunk - 1];
        var from = new IndexReader(bytes.Span[start..ends[chunk]]);
        var before = RowsBefore.None;
        for (var at = 0; at < Math.Min(rows.Length, count - (chunk * rows.Length)); at++)
        {
            rows[at] = Row(ref from, before);
            before = before.With(rows[at]);
        }

        return rows;
    }

    private EventRow Row(ref IndexReader from, RowsBefore before)
    {
        var number = from.Number(table.Length - 1);
        var length = from.Number(int.MaxValue);
        var (second, iteration, offset) = (before.Second, before.Iteration, before.End);
        var later = from.Byte();
        if (later == Explicit)
        {
            (second, iteration, offset) = ((uint)from.Number(), from.Signed(), before.End + from.Signed());
        }
        else
        {
            second += later;
        }

        if (from.IsBroken)
        {
            return EventRowReader.InvalidRow(before.End, 0);
        }

        ref readonly var words = ref table[number];
        return new EventRow
        {
            Offset = offset,
            Length = length,
            Second = second,
            Iteration = iteration,
            Name = words.Name,
            Role = words.Role,
            Status = words.Status,
            Run = words.Run,
            Detail = words.Detail,
        };
    }
}

/// <summary>The texts of a row, as numbers of its log.</summary>
internal readonly record struct RowWords(ushort Name, ushort Role, ushort Status, ushort Run, ushort Detail);

/// <summary>What the rows before one say about it: the newest time, the iteration of the last, and where it ended.</summary>
internal readonly record struct RowsBefore(uint Second, long Iteration, long End)
{
    public static readonly RowsBefore None = new(0, -1, 0);

    public RowsBefore With(in EventRow row) =>
        new(row.Second == 0 ? Second : row.Second, row.Iteration, row.Offset + row.Length + 1);
}
