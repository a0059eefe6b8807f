using System.Collections.Immutable;
using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;

namespace OpsManager.Core.Rollout;

/// <summary>The decisions of decisions.jsonl, each of which bears out one intent.</summary>
internal sealed class DecisionLedger
{
    private readonly Dictionary<(string Word, string? By), List<(Decision Decision, long Number)>> byMaker = [];
    private readonly Dictionary<long, string> usedBy = [];
    private readonly ImmutableList<Decision> kept;
    private readonly long before;

    public DecisionLedger(LoopModel loop)
    {
        kept = loop.Decisions.Rows;
        before = loop.Decisions.Count - kept.Count;
        var number = before;
        foreach (var decision in kept)
        {
            number++;
            Of((decision.Word, decision.By)).Add((decision, number));
        }
    }

    /// <summary>Whether a decision that no other intent has used goes with the row, by the line that it names or by its time.</summary>
    public bool Bears(IntentRow row, string word, DateTimeOffset? from, DateTimeOffset? to)
    {
        var key = row.IdempotencyKey ?? "";

        // Of more decisions than are kept, the oldest cannot be looked up: nothing can be said against the row.
        if (before > 0 && !(from > kept[0].Timestamp))
        {
            return true;
        }

        if (Named(row) is { } line)
        {
            return line > before && line <= before + kept.Count && IsBy(kept[(int)(line - before - 1)], row, word) && Use(line, key);
        }

        foreach (var (decision, number) in row.RequestedBy is null ? All(word) : Of((word, row.RequestedBy)))
        {
            if (!(decision.Timestamp < from) && !(decision.Timestamp > to) && Use(number, key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBy(Decision decision, IntentRow row, string word) => decision.Word == word && (row.RequestedBy is null || decision.By == row.RequestedBy);

    /// <summary>An intent may be told of twice, by a second row with its key.</summary>
    private bool Use(long number, string key) => usedBy.TryAdd(number, key) || (key.Length > 0 && usedBy[number] == key);

    /// <summary>The row of decisions.jsonl that the evidence of the row names.</summary>
    private static long? Named(IntentRow row) => row.Confirm?.Field("evidence") is { ValueKind: JsonValueKind.Array } evidence
        ? evidence.EnumerateArray().Where(static one => one.Text("source") == "decisions").Select(static one => (long?)one.Number("line")).FirstOrDefault(static line => line is not null)
        : null;

    private IEnumerable<(Decision Decision, long Number)> All(string word) => byMaker.Where(made => made.Key.Word == word).SelectMany(static made => made.Value);

    private List<(Decision Decision, long Number)> Of((string Word, string? By) maker)
    {
        if (!byMaker.TryGetValue(maker, out var found))
        {
            byMaker[maker] = found = new();
        }

        return found;
    }
}
