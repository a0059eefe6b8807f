using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>
/// The rows of intents that were sent by a manager: a decision or a cancel at the time it was sent, and where it was no success, what
/// came of it at the time that was told. They are those of the newest intents, whether these came in one look or in many.
/// </summary>
internal static class ObservedCases
{
    /// <summary>Intents that have rows; each has two at most.</summary>
    private const int MaxCases = ObservedRows.MaxOfKind / 2;

    public static ObservedRows Next(ObservedRows rows, LoopFacts loop, ControlCases cases)
    {
        var all = cases.All;
        if (ReferenceEquals(rows.Cases, all) || (all.IsEmpty && rows.Cases is null))
        {
            return rows;
        }

        ObservedRow[] wanted = [.. all.Skip(all.Count - MaxCases).SelectMany(known => Rows(loop, known))];
        var keys = wanted.Select(static row => row.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in rows.Rows.Where(row => row.Kind == ObservedKind.Control && !keys.Contains(row.Key)))
        {
            rows = rows.Without(gone.Key);
        }

        return wanted.Aggregate(rows, static (all, row) => all.With(row)) with { Cases = all };
    }

    private static IEnumerable<ObservedRow> Rows(LoopFacts loop, ControlCase known)
    {
        var isFailure = known is { Outcome: not null, IsSuccess: false };
        if (known.StartedAt is { } sent)
        {
            yield return Row(sent, known.Key, isFailure ? "was sent" : Standing(known), isProblem: false);
        }

        if (isFailure && (known.ToldAt ?? known.FinishedAt ?? known.StartedAt) is { } told)
        {
            var why = known.Why is { Length: > 0 } said ? $": {said}" : "";
            yield return Row(told, known.Key + "/outcome", Failed(known.Outcome!) + why, isProblem: true);
        }

        ObservedRow Row(DateTimeOffset at, string key, string what, bool isProblem)
        {
            var fact = $"{Noun(known.Intent)} by {known.By ?? "somebody"} {what}";
            var row = ObservedRule.Recorded(loop, ObservedKind.Control, $"control:{key}", at, fact, isProblem);
            return row with { Iteration = known.Aim?.Iteration };
        }
    }

    private static string Noun(string intent) =>
        intent switch { IntentWords.Approve => "approval", IntentWords.Reject => "rejection", _ => intent };

    private static string Standing(ControlCase known) => known switch
    {
        { IsSuccess: true, Intent: IntentWords.Cancel } => "is confirmed",
        { IsSuccess: true } => $"is confirmed: {(known.Outcome == OutcomeWords.Observed ? "recorded" : known.Outcome)}",
        { IsPending: true } => "was sent; its effect is being looked for",
        _ => "was sent; nobody looked for its effect",
    };

    private static string Failed(string outcome) => outcome switch
    {
        OutcomeWords.Refused => "was refused",
        OutcomeWords.Contradicted => "is contradicted",
        _ => "is unknown",
    };
}
