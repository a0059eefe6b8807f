namespace OpsManager.Core.Compare;

/// <summary>The longest part of a sequence that only increases, in n log n.</summary>
internal static class LongestIncrease
{
    /// <summary>Positions in <paramref name="values"/>, in order. The values are distinct.</summary>
    public static IReadOnlyList<int> In(IReadOnlyList<int> values)
    {
        // ends[k] is the position of the smallest value that ends an increase of k + 1 values.
        var ends = new List<int>();
        var before = new int[values.Count];
        for (var at = 0; at < values.Count; at++)
        {
            int low = 0, high = ends.Count;
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = values[ends[middle]] < values[at] ? (middle + 1, high) : (low, middle);
            }

            before[at] = low > 0 ? ends[low - 1] : -1;
            if (low == ends.Count)
            {
                ends.Add(at);
            }
            else
            {
                ends[low] = at;
            }
        }

        var found = new int[ends.Count];
        for (var (at, place) = (ends.Count > 0 ? ends[^1] : -1, ends.Count - 1); place >= 0; place--)
        {
            found[place] = at;
            at = before[at];
        }

        return found;
    }
}
