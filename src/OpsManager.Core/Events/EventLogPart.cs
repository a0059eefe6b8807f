namespace OpsManager.Core.Events;

/// <summary>
/// What an index held at one moment: its first rows, and the texts that they have numbers of. The index may grow meanwhile, and any thread
/// may read the part.
/// </summary>
public sealed class EventLogPart
{
    private readonly EventLog log;
    private readonly byte[][] words;
    private readonly int count;

    /// <summary>All that <paramref name="log"/>, whose first line is in it, holds now. On the thread that appends to it.</summary>
    public EventLogPart(EventLog log) =>
        (this.log, count, words, EndOffset) = (log, log.Count, log.Words.Written(), log.EndOffset);

    /// <summary>First byte behind the last row's newline.</summary>
    public long EndOffset { get; }

    /// <summary>
    /// Writes the rows: four or five bytes each. Most lines begin where the one before ended, are of the same iteration, and at most a few
    /// seconds younger; the same few combinations of words come again and again.
    /// </summary>
    public void Write(IndexWriter to)
    {
        to.Number((ulong)EndOffset);
        to.Number((ulong)words.Length);
        foreach (var word in words)
        {
            to.Text(word);
        }

        var table = new Dictionary<RowWords, int>();
        var rows = new IndexWriter();
        var before = RowsBefore.None;
        for (var row = 0; row < count; row++)
        {
            ref readonly var seen = ref log[row];
            var named = new RowWords(seen.Name, seen.Role, seen.Status, seen.Run, seen.Detail);
            if (!table.TryGetValue(named, out var number))
            {
                table.Add(named, number = table.Count);
            }

            rows.Number((ulong)number);
            rows.Number((ulong)seen.Length);
            var later = (long)seen.Second - before.Second;
            if (later is >= 0 and < EventLogReader.Explicit && seen.Iteration == before.Iteration && seen.Offset == before.End)
            {
                rows.Byte((byte)later);
            }
            else
            {
                rows.Byte(EventLogReader.Explicit);
                rows.Number(seen.Second);
                rows.Signed(seen.Iteration);
                rows.Signed(seen.Offset - before.End);
            }

            before = before.With(seen);
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

        to.Number((ulong)count);
        to.Raw(rows.Written);
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
