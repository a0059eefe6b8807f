using OpsManager.Contract.Words;

namespace OpsManager.Core.Events;

/// <summary>
/// Rows that an operator jumps to: what stopped or broke a run, a failed role or gate, and lines that are no event. A status that
/// is in the data of an end counts as the row's own.
/// </summary>
public static class Problems
{
    public static bool IsProblem(in EventRow row, WordTable words) =>
        row.Name == KnownEvents.Invalid
        || (words.Traits(row.Name) & WordTraits.ProblemName) != 0
        || (words.Traits(row.Status != WordTable.None ? row.Status : row.Detail) & WordTraits.ProblemStatus) != 0;

    /// <summary>
    /// The first problem at <paramref name="from"/> or behind it, of the first <paramref name="count"/> rows; -1 where there is
    /// none.
    /// </summary>
    public static int Next(EventLog log, int from, int count)
    {
        for (var row = Math.Max(0, from); row < count; row++)
        {
            if (IsProblem(log[row], log.Words))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>
    /// The last problem at <paramref name="from"/> or before it, of the first <paramref name="count"/> rows; -1 where there is
    /// none.
    /// </summary>
    public static int Previous(EventLog log, int from, int count)
    {
        for (var row = Math.Min(from, count - 1); row >= 0; row--)
        {
            if (IsProblem(log[row], log.Words))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>What a word means as a name or as a status; asked once for each word of a log.</summary>
    internal static WordTraits TraitsOf(string text) =>
        (IsProblemName(text) ? WordTraits.ProblemName : 0) | (IsProblemStatus(text) ? WordTraits.ProblemStatus : 0);

    private static bool IsProblemName(string text) => text is
        EventNames.LoopStop
            or EventNames.RateLimitStop or EventNames.NoProgressStop or EventNames.RoleTimeout or EventNames.UsageLimitBlocked
            or EventNames.ApprovalRejected
        || text.EndsWith("_violation", StringComparison.Ordinal);

    private static bool IsProblemStatus(string text) => text is EventStatuses.Error
        or EventStatuses.Timeout or EventStatuses.Blocked or "failed" or EventStatuses.RateLimited or DecisionWords.Rejected;
}

/// <summary>What is known of a word of a log without reading it again.</summary>
[Flags]
internal enum WordTraits : byte
{
    None = 0,
    ProblemName = 1,
    ProblemStatus = 2,
}
