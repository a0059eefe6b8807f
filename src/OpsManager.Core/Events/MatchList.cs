namespace OpsManager.Core.Events;

/// <summary>
/// Rows of a log that were found, in order, only ever appended to. One thread appends; any thread may read below a
/// <see cref="Count"/> it has seen.
/// </summary>
public sealed class MatchList
{
    private const int ChunkRows = 2048;

    private int[][] chunks = new int[16][];
    private int count;

    /// <summary>Rows found.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The row of the log that was found as number <paramref name="index"/>, from 0.</summary>
    public int this[int index] => Volatile.Read(ref chunks)[index / ChunkRows][index % ChunkRows];

    /// <summary>Appends a row, which is behind all that were found before.</summary>
    public void Add(int row)
    {
        var chunk = count / ChunkRows;
        if (chunk == chunks.Length)
        {
            var larger = new int[chunks.Length * 2][];
            chunks.CopyTo(larger, 0);
            Volatile.Write(ref chunks, larger);
        }

        (chunks[chunk] ??= new int[ChunkRows])[count % ChunkRows] = row;
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>The first match that is at <paramref name="row"/> or behind it; <see cref="Count"/> where none does.</summary>
    public int IndexAtOrAfter(int row)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (this[middle] < row)
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
