using OpsManager.Core.Events;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>Whether a filter holds for a row of ours: its kind is its event's name, and it has no role and no status.</summary>
public static class ObservedFilter
{
    public static bool Holds(EventFilter filter, ObservedRow row)
    {
        foreach (var term in filter.IndexTerms)
        {
            var holds = term switch
            {
                IterationTerm iterations => row.Iteration is { } iteration && iteration >= iterations.From && iteration <= iterations.To,
                WordTerm { Field: WordField.Event } word => row.Kind.Word().Contains(word.Text, StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
            if (holds == term.Inverted)
            {
                return false;
            }
        }

        return filter.HoldsForText($"{row.Kind.Word()} {row.Fact}");
    }
}
