namespace OpsManager.Core.Events;

/// <summary>
/// What an index held at one moment: its first rows, and the texts that they have numbers of. The index may grow meanwhile, and any thread
/// may read the part. As bytes it is what a later session begins with.
/// </summary>
public sealed class EventLogPart
{
    /// <summary>A row has about so many bytes; one with little in it at least <see cref="MinRowBytes"/>.</summary>
    private const int UsualRowBytes = 7;

    private const int MinRowBytes = 3;
    private const int MinCombinationBytes = 5;

    private readonly EventLog log;
    private readonly byte[][] words;
    private readonly int count;

    /// <summary>All that <paramref name="log"/>, whose first line is in it, holds now. On the thread that appends to it.</summary>
    public EventLogPart(EventLog log) =>
        (this.log, count, words, EndOffset) = (log, log.Count, log.Words.Written(), log.EndOffset);

    /// <summary>First byte behind the last row's newline.</summary>
    public long EndOffset { get; }

    /// <summary>Bytes that <see cref="Write"/> writes, about.</summary>
    public int Size => (count * UsualRowBytes) + (64 * 1024);

    /// <summary>
    /// Writes the rows, and what follows from them and would take a look at each: what they come to, and where iterations end.
    /// </summary>
    public void Write(IndexWriter to)
    {
        var blocks = new IterationBlocks();
        var table = new Dictionary<RowWords, int>();
        List<int> ends = [];
        var length = to.Reserved();
        var start = to.Length;
        for (var row = 0; row < count; row += EventLog.ChunkRows)
        {
            var until = Math.Min(count, row + EventLog.ChunkRows);
            KeptRows.Write(to, log, row, until, table);
            ends.Add(to.Length - start);
            for (var at = row; at < until; at++)
            {
                blocks.Add(log[at], at, log.Words);
            }
        }

        to.Fill(length, (ulong)(to.Length - start));
        to.Number((ulong)EndOffset);
        to.Number((ulong)count);
        foreach (var end in ends)
        {
            to.Number((ulong)end);
        }

        to.Number((ulong)words.Length);
        foreach (var word in words)
        {
            to.Text(word);
        }

        to.Number((ulong)table.Count);
        foreach (var named in table.Keys)
        {
            to.Number(named.Name);
            to.Number(named.Role);
            to.Number(named.Status);
            to.Number(named.Run);
            to.Number(named.Detail);
        }

        blocks.Write(to);
        EventTally.Empty.Add(log, 0, count).Write(to);
        EventDensity.Empty.Add(log, 0, count).Write(to);
    }

    /// <summary>
    /// The index of these bytes: row for row and word for word the same. Null where they cannot be one. Rows are read from the bytes when
    /// they are looked at.
    /// </summary>
    /// <param name="size">Of the log: no row is behind its end.</param>
    public static EventLog? Read(ReadOnlyMemory<byte> bytes, long size)
    {
        var from = new IndexReader(bytes.Span);
        var length = from.Fixed();
        if (from.IsBroken || length > (ulong)from.Left)
        {
            return null;
        }

        var rows = bytes.Slice(sizeof(ulong), (int)length);
        from.Raw(rows.Length);
        var (end, count) = (from.Number(), from.Number(rows.Length / MinRowBytes));
        var ends = Ends(ref from, count, rows.Length);
        var words = new WordTable();
        if (end > (ulong)size || ends is null || !Words(ref from, words) || Combinations(ref from, words) is not { } table
            || (count > 0 && table.Length == 0) || IterationBlocks.Read(ref from, count) is not { } blocks)
        {
            return null;
        }

        var log = new EventLog(new KeptRows(rows, ends, table, count), words, blocks, (long)end);
        if (count > 0 && log[count - 1] is var last && last.Offset + last.Length + 1 != (long)end)
        {
            return null;
        }

        log.Before = EventTally.Read(ref from, log);
        log.DensityBefore = EventDensity.Read(ref from);
        return from.IsBroken || from.Left > 0 ? null : log;
    }

    private static int[]? Ends(ref IndexReader from, int count, int length)
    {
        var ends = new int[(count + EventLog.ChunkRows - 1) / EventLog.ChunkRows];
        for (var (chunk, before) = (0, 0); chunk < ends.Length; chunk++)
        {
            ends[chunk] = from.Number(length);
            if (ends[chunk] < before)
            {
                return null;
            }

            before = ends[chunk];
        }

        return from.IsBroken ? null : ends;
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
}
