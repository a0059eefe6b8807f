namespace OpsManager.Core.Events;

/// <summary>
/// A list that is only ever appended to, in chunks, so that nothing moves. One thread appends; any thread may read below a
/// <see cref="Count"/> it has seen.
/// </summary>
internal sealed class GrowingList<T>
    where T : struct
{
    private const int ChunkItems = 256;

    /// <summary>Items that it has room for at first.</summary>
    private const int FirstItems = 16;

    private T[][] chunks = new T[4][];
    private int count;

    public int Count => Volatile.Read(ref count);

    public ref readonly T this[int index] => ref Volatile.Read(ref chunks)[index / ChunkItems][index % ChunkItems];

    public void Add(in T item)
    {
        var chunk = count / ChunkItems;
        if (chunk == chunks.Length)
        {
            var larger = new T[chunks.Length * 2][];
            chunks.CopyTo(larger, 0);
            Volatile.Write(ref chunks, larger);
        }

        var items = chunks[chunk];
        if (items is null || count % ChunkItems == items.Length)
        {
            // A reader that has the smaller one reads the same items in it.
            var larger = new T[chunk > 0 ? ChunkItems : items is null ? FirstItems : items.Length * 2];
            items?.CopyTo(larger, 0);
            chunks[chunk] = items = larger;
        }

        items[count % ChunkItems] = item;
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>How many of the first items <paramref name="holds"/> is true for, where it is true for a beginning of the list.</summary>
    public int CountWhile<TArgument>(TArgument argument, Func<T, TArgument, bool> holds)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(this[middle], argument))
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
