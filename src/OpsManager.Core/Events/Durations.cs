namespace OpsManager.Core.Events;

/// <summary>How long something took, by the times of its events, which are whole seconds.</summary>
public static class Durations
{
    /// <summary>
    /// For the end of a pair (role_end, X_end) the time since its start: the nearest before it with the same role, iteration and run.
    /// Null where the row is no end, its start is not in the <paramref name="maxBack"/> rows before it, or a time is missing or
    /// goes back. Children of a delegation run side by side under one name, so that nobody can tell whose start is whose: null as well.
    /// </summary>
    public static TimeSpan? From(EventLog log, int row, int maxBack = 512)
    {
        var end = log[row];
        if (end.Second == 0
            || log.Words[end.Name] is not { } name
            || EventPair.For(name) is not (var stem, false)
            || stem == "delegation_child")
        {
            return null;
        }

        var start = WordTable.None;
        for (var at = row - 1; at >= Math.Max(0, row - maxBack); at--)
        {
            ref readonly var seen = ref log[at];
            if (seen.Iteration != end.Iteration || seen.Role != end.Role || seen.Run != end.Run)
            {
                continue;
            }

            if (seen.Name == end.Name)
            {
                // The start before that belongs to this other end.
                return null;
            }

            if (start == WordTable.None && IsStart(log.Words[seen.Name], stem))
            {
                start = seen.Name;
            }

            if (seen.Name == start)
            {
                return seen.Second == 0 || seen.Second > end.Second ? null : TimeSpan.FromSeconds(end.Second - seen.Second);
            }
        }

        return null;
    }

    private static bool IsStart(string? name, string stem) =>
        name is not null
            && name.Length == stem.Length + "_start".Length
            && name.StartsWith(stem, StringComparison.Ordinal)
            && name.EndsWith("_start", StringComparison.Ordinal);
}
