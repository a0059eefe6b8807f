using System.Collections.Immutable;
using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Rollout;

/// <summary>
/// The decisions in decisions.jsonl. They show who tried, which is enough for not doubting an intent that is called
/// confirmed: several may be, by one decision, whoever made it.
/// </summary>
internal sealed class DecisionLedger
{
    private readonly ImmutableList<Decision> kept;
    private readonly long before;

    public DecisionLedger(LoopFacts loop)
    {
        kept = loop.Decisions.Rows;
        before = loop.Decisions.Count - kept.Count;
    }

    /// <summary>Whether an equal decision goes with the row, by the line that it names or by its time.</summary>
    public bool Bears(IntentRow row, string word, DateTimeOffset? from, DateTimeOffset? to)
    {
        // Of more decisions than are kept, the oldest cannot be looked up: nothing can be said against the row.
        if (before > 0 && !(from > kept[0].Timestamp))
        {
            return true;
        }

        return Named(row, word) is { } line
            ? line > before && line <= before + kept.Count && kept[(int)(line - before - 1)].Word == word
            : kept.Exists(decision => decision.Word == word && !(decision.Timestamp < from) && !(decision.Timestamp > to));
    }

    /// <summary>The row of decisions.jsonl that the evidence of the row names; one with another word only shows who else tried.</summary>
    private static long? Named(IntentRow row, string word) => row.Confirm?.Field("evidence") is { ValueKind: JsonValueKind.Array } evidence
        ? evidence.EnumerateArray()
            .Where(one => one.Text("source") == EvidenceSources.Decisions && (one.Text("value") ?? word) == word)
            .Select(static one => (long?)one.Number("line"))
            .FirstOrDefault(static line => line is not null)
        : null;
}
