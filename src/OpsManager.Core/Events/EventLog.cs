namespace OpsManager.Core.Events;

/// <summary>
/// The index of one event log: a row a line, in file order, only ever appended to. The text stays in the file and is read
/// when it is drawn. One thread appends; any thread may read rows below a <see cref="Count"/> it has seen.
/// </summary>
public sealed class EventLog
{
    internal const int ChunkRows = 2048;

    /// <summary>Rows that a log has room for at first: most of thousands of logs are short.</summary>
    private const int FirstRows = 16;

    private readonly KeptRows? kept;
    private EventRow[][] chunks = new EventRow[2][];
    private int count;

    public EventLog(bool isTail = false) => IsTail = isTail;

    /// <summary>A log of which the beginning is known and is not read again.</summary>
    /// <param name="before">What the beginning comes to. Its last line is the first row that is read: at least one.</param>
    public EventLog(EventTally before) => (Before, Skipped, count) = (before, before.Lines - 1, before.Lines - 1);

    /// <summary>A log of which the beginning was indexed by an earlier session.</summary>
    internal EventLog(KeptRows kept, WordTable words, IterationBlocks iterations, long endOffset)
    {
        (this.kept, Words, Iterations, count, EndOffset) = (kept, words, iterations, kept.Count, endOffset);
        chunks = new EventRow[Math.Max(16, (count / ChunkRows) + 1)][];
        if (count % ChunkRows != 0)
        {
            // It is appended to.
            chunks[count / ChunkRows] = kept.Chunk(count / ChunkRows);
        }
    }

    /// <summary>What the beginning comes to where somebody has counted it already; else it is counted from the first row.</summary>
    public EventTally? Before { get; internal set; }

    /// <summary>The density of that beginning, where its rows are in the index.</summary>
    public EventDensity DensityBefore { get; internal set; } = EventDensity.Empty;

    /// <summary>Rows that are counted and not in the index: the first of all.</summary>
    public int Skipped { get; }

    /// <summary>The texts behind the rows' numbers.</summary>
    public WordTable Words { get; } = new();

    /// <summary>The iterations that are over.</summary>
    public IterationBlocks Iterations { get; } = new();

    /// <summary>True while only the end of a large file has been read: rows are right, line numbers are not known yet.</summary>
    public bool IsTail { get; }

    /// <summary>Rows in the index. In a full index row i is line i + 1.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>First byte behind the last row's newline.</summary>
    public long EndOffset { get; private set; }

    public ref readonly EventRow this[int row]
    {
        get
        {
            var (chunk, at) = ((row - Skipped) / ChunkRows, (row - Skipped) % ChunkRows);
            return ref (Volatile.Read(ref chunks)[chunk] ?? ReadKept(chunk))[at];
        }
    }

    /// <summary>Appends the row of the line that ends, newline included, at <paramref name="endOffset"/>.</summary>
    public void Add(in EventRow row, long endOffset)
    {
        var held = count - Skipped;
        var chunk = held / ChunkRows;
        if (chunk == chunks.Length)
        {
            var larger = new EventRow[chunks.Length * 2][];
            chunks.CopyTo(larger, 0);
            Volatile.Write(ref chunks, larger);
        }

        var rows = chunks[chunk];
        if (rows is null || held % ChunkRows == rows.Length)
        {
            // A reader that has the smaller one reads the same rows in it.
            var larger = new EventRow[chunk > 0 ? ChunkRows : rows is null ? FirstRows : rows.Length * 2];
            rows?.CopyTo(larger, 0);
            chunks[chunk] = rows = larger;
        }

        rows[held % ChunkRows] = row;
        EndOffset = endOffset;
        Iterations.Add(row, count, Words);
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>Frees the rows below <paramref name="row"/>: they must not be read again.</summary>
    public void Forget(int row)
    {
        for (var chunk = 0; chunk < (row - Skipped) / ChunkRows; chunk++)
        {
            chunks[chunk] = null!;
        }
    }

    /// <summary>The first of the first <paramref name="count"/> rows that is at or behind <paramref name="offset"/>.</summary>
    public int RowAt(long offset, int count)
    {
        int low = Skipped, high = count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (this[middle].Offset < offset)
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

    /// <summary>Iterations that the run of a row may take; null where its start is not in the index, or does not say so.</summary>
    public int? MaxIterationsAt(int row) =>
        Iterations.StartOf(row) is >= 0 and var start && int.TryParse(Words[this[start].Detail], out var max) && max > 0 ? max : null;

    /// <summary>Reads a chunk at its first use. Where two threads do so at once, both have the same rows.</summary>
    private EventRow[] ReadKept(int chunk)
    {
        var rows = kept!.Chunk(chunk);
        Volatile.Write(ref Volatile.Read(ref chunks)[chunk], rows);
        return rows;
    }

    /// <summary>A row with its words.</summary>
    public EventMoment Moment(int row)
    {
        ref readonly var r = ref this[row];
        return new EventMoment(
            row + 1,
            Words[r.Name] ?? EventMoment.LongName,
            Words[r.Role],
            Words[r.Status],
            Words[r.Run],
            r.Iteration < 0 ? null : r.Iteration,
            r.Second == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(r.Second),
            Words[r.Detail]);
    }
}

/// <summary>One event in words. <paramref name="Line"/> counts from 1 and is the line number in a full index.</summary>
public sealed record EventMoment(
    int Line, string Name, string? Role, string? Status, string? RunId, long? Iteration, DateTimeOffset? At, string? Detail)
{
    /// <summary>In place of a name that the index does not keep.</summary>
    public const string LongName = "(long name)";
}
