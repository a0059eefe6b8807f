using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Runs;

/// <summary>
/// Which runs the list shows: words that must all hold. A word is a part of the sprite's or the loop's name, <c>@label</c> or
/// <c>label:label</c>, or <c>is:</c> with the beginning of a state; <c>!</c> before it inverts it (docs/fleet.md).
/// </summary>
internal sealed class RunFilter
{
    private const string Label = "label:";

    /// <summary>What stands before a state.</summary>
    public const string Is = "is:";

    /// <summary>States that can be typed too: those that the contract names otherwise, and the one of more than one word.</summary>
    private static readonly string[] OtherStates =
        [.. Enum.GetValues<Lifecycle>().Select(static lifecycle => lifecycle.Word()), "not read yet"];

    private readonly IReadOnlyList<Term> terms;

    private RunFilter(string text, IReadOnlyList<Term> terms, string? fault) => (Text, this.terms, Fault) = (text, terms, fault);

    private enum Kind
    {
        Text, Label, State, NoState,
    }

    /// <summary>The states that runs and sources can be in, as the list shows them.</summary>
    public static IReadOnlyList<string> States { get; } =
    [
        "failed", "waiting", "paused", "unknown", "running", "stopped", "approved", "rejected", "idle", "complete", "unreachable",
        "asleep",
    ];

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    public bool IsEmpty => Text.Length == 0;

    /// <summary>
    /// What is wrong with a word; null where nothing is. A word that is not finished holds for every run, one that is wrong for none.
    /// </summary>
    public string? Fault { get; }

    public static RunFilter Parse(string text)
    {
        var terms = new List<Term>();
        string? fault = null;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var inverts = word[0] == '!';
            var plain = inverts ? word[1..] : word;
            if (plain.StartsWith(Is, StringComparison.OrdinalIgnoreCase))
            {
                var state = plain[Is.Length..];
                var isKnown = States.Concat(OtherStates).Any(known => Begins(known, state));
                fault ??= isKnown ? null : $"no state begins with \"{state}\"";
                if (state.Length > 0)
                {
                    terms.Add(new(isKnown ? Kind.State : Kind.NoState, state, inverts));
                }

                continue;
            }

            var label = plain.StartsWith('@')
                ? plain[1..]
                : plain.StartsWith(Label, StringComparison.OrdinalIgnoreCase) ? plain[Label.Length..]
                : null;
            if ((label ?? plain).Length > 0)
            {
                terms.Add(new(label is null ? Kind.Text : Kind.Label, label ?? plain, inverts));
            }
        }

        return new RunFilter(text, terms, fault);
    }

    /// <summary>Whether it leaves nothing that the other one does not: more was typed behind it.</summary>
    public bool Narrows(RunFilter other)
    {
        var isLonger = terms.Count >= other.terms.Count;
        for (var i = 0; isLonger && i < other.terms.Count; i++)
        {
            isLonger = terms[i] == other.terms[i] || Narrows(terms[i], other.terms[i]);
        }

        return isLonger;
    }

    /// <param name="name">Of the sprite, as it is shown.</param>
    /// <param name="labels">Of the sprite.</param>
    public bool Holds(LoopModel loop, string name, IReadOnlyList<string> labels)
    {
        foreach (var term in terms)
        {
            var holds = term.Kind switch
            {
                Kind.NoState => term.Inverts,
                Kind.State => Begins(LifecycleStyle.For(loop.Verdict.Ruling).Word, term.Text)
                    || Begins(loop.Verdict.Lifecycle.Word(), term.Text),
                Kind.Label => labels.Contains(term.Text, StringComparer.OrdinalIgnoreCase),
                _ => name.Contains(term.Text, StringComparison.OrdinalIgnoreCase)
                    || loop.Id.Contains(term.Text, StringComparison.OrdinalIgnoreCase),
            };
            if (holds == term.Inverts)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the row of a source stays that is no run: it has a name, labels and a state of its own.</summary>
    public bool HoldsSource(SourceStanding standing, string name, IReadOnlyList<string> labels)
    {
        foreach (var term in terms)
        {
            var holds = term.Kind switch
            {
                Kind.NoState => term.Inverts,
                Kind.State => standing.Condition != SourceCondition.Read && Begins(standing.Word, term.Text),
                Kind.Label => labels.Contains(term.Text, StringComparer.OrdinalIgnoreCase),
                _ => name.Contains(term.Text, StringComparison.OrdinalIgnoreCase),
            };
            if (holds == term.Inverts)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Narrows(Term term, Term other) => !term.Inverts && !other.Inverts && term.Kind == other.Kind
        && (term.Kind is Kind.Text or Kind.State) && Begins(term.Text, other.Text);

    private static bool Begins(string state, string typed) => state.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Term(Kind Kind, string Text, bool Inverts);
}
