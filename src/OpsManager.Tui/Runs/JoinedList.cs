using System.Collections;

namespace OpsManager.Tui.Runs;

/// <summary>
/// A long list of many short parts, each item of which is made when it is asked for: where one part has changed nothing is copied.
/// </summary>
/// <param name="starts">The place of the first item of each part, and behind them the count of all.</param>
/// <param name="at">Makes an item, by its part and its place in it.</param>
internal sealed class JoinedList<T>(int[] starts, Func<int, int, T> at) : IReadOnlyList<T>
{
    public int Count => starts[^1];

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var part = PartOf(index);
            return at(part, index - starts[part]);
        }
    }

    /// <summary>The part that an item is in.</summary>
    public int PartOf(int index)
    {
        // Parts may be empty: the last that begins at or before it.
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = starts[middle + 1] <= index ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The place of the first item of a part.</summary>
    public int StartOf(int part) => starts[part];

    public IEnumerator<T> GetEnumerator()
    {
        for (var part = 0; part + 1 < starts.Length; part++)
        {
            for (var place = 0; place < starts[part + 1] - starts[part]; place++)
            {
                yield return at(part, place);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A list of parts that have so many items each.</summary>
    public static JoinedList<T> Of(int parts, Func<int, int> count, Func<int, int, T> at)
    {
        var starts = new int[parts + 1];
        for (var part = 0; part < parts; part++)
        {
            starts[part + 1] = starts[part] + count(part);
        }

        return new(starts, at);
    }
}
