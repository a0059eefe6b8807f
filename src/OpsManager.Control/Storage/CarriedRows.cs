using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Storage;

/// <summary>
/// The rows that a rotated file begins with: all that is still looked for, judged or explained is in the file itself, so that
/// nobody who reads only that file can conclude anything else than before.
/// </summary>
internal static class CarriedRows
{
    /// <summary>Newest cancels that are carried over: they explain how the runs that they stopped look now.</summary>
    private const int MaxCancels = 64;

    /// <summary>The newest rows: health goes by the newest of all, the audit and the screen by those before it.</summary>
    /// <param name="rows">Whole rows, oldest first.</param>
    /// <param name="bytes">How much is carried; the newest row is, however long.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> OfIntents(IReadOnlyList<ReadOnlyMemory<byte>> rows, long bytes)
    {
        var first = rows.Count;
        var hasRow = false;
        for (var left = bytes; first > 0 && (!hasRow || left > rows[first - 1].Length); first--)
        {
            left -= rows[first - 1].Length;
            hasRow |= IntentRow.Parse(rows[first - 1]).Value is not null;
        }

        return hasRow ? [.. rows.Skip(first)] : [];
    }

    /// <summary>
    /// All rows of each intent that is pending, has to be reviewed or may change, of the newest cancels, of those that intents.jsonl
    /// still tells of (the audit looks up when they began and what they were meant for), and of the newest.
    /// </summary>
    /// <param name="rows">Whole rows, oldest first.</param>
    /// <param name="told">Keys of the rows of intents.jsonl.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> OfControl(IReadOnlyList<ReadOnlyMemory<byte>> rows, IEnumerable<string> told)
    {
        var steps = rows.Select(static row => ControlRow.Parse(row).Value).ToArray();
        var cases = ControlCases.From([.. steps.OfType<ControlRow>()]);
        var keys = told.ToHashSet(StringComparer.Ordinal);
        keys.UnionWith(cases.Recorded
            .Where(static known => known.IsPending || known.NeedsReview || known.MayChange)
            .Select(static known => known.Key));
        keys.UnionWith(cases.Cancels.TakeLast(MaxCancels).Select(static known => known.Key));
        keys.UnionWith(cases.Recorded.TakeLast(1).Select(static known => known.Key));
        return [.. rows.Where((_, index) => steps[index] is { } step && keys.Contains(step.IdempotencyKey))];
    }

    /// <summary>The keys of rows of intents.jsonl.</summary>
    public static IEnumerable<string> KeysOf(IEnumerable<ReadOnlyMemory<byte>> rows) =>
        rows.Select(static row => IntentRow.Parse(row).Value?.IdempotencyKey).OfType<string>();
}
