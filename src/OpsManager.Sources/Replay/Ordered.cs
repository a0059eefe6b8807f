using System.Collections.Immutable;

namespace OpsManager.Sources.Replay;

/// <summary>Finds places in lists that are in order.</summary>
internal static class Ordered
{
    /// <summary>
    /// How many of the items, which are in the order of <paramref name="key"/>, have one of at most <paramref name="limit"/>.
    /// </summary>
    public static int CountUpTo<T>(List<T> items, long limit, Func<T, long> key)
    {
        // Mostly the newest is asked for.
        if (items.Count > 0 && key(items[^1]) <= limit)
        {
            return items.Count;
        }

        int low = 0, high = items.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = key(items[middle]) <= limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// The place of the first item for which something holds that holds for all behind it too; the length where for none.
    /// </summary>
    public static int FirstThat<T>(ImmutableArray<T> items, Func<T, bool> holds)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = holds(items[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
