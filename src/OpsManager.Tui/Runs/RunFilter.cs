using OpsManager.Contract;
using OpsManager.Core.Model;

namespace OpsManager.Tui.Runs;

/// <summary>
/// Which runs the list shows: words that must all hold. A word is a part of the sprite's or the loop's name, <c>@label</c> or
/// <c>label:label</c>, or <c>is:</c> with a lifecycle; <c>!</c> before it inverts it (docs/fleet.md).
/// </summary>
internal sealed class RunFilter
{
    private const string Label = "label:";
    private const string Is = "is:";
    private const string Waiting = "waiting";

    private readonly IReadOnlyList<Term> terms;

    private RunFilter(IReadOnlyList<Term> terms, string? fault) => (this.terms, Fault) = (terms, fault);

    private enum Kind
    {
        Text, Label, Lifecycle,
    }

    /// <summary>What is wrong with a word; null where nothing is. Words that are not finished, or wrong, hold for every run.</summary>
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
                var state = plain[Is.Length..].ToLowerInvariant();
                if (state == Waiting)
                {
                    state = Lifecycle.AwaitingApproval.Word();
                }

                if (LifecycleWords.TryParse(state, out var lifecycle))
                {
                    terms.Add(new(Kind.Lifecycle, "", lifecycle, inverts));
                }
                else
                {
                    var words = Enum.GetValues<Lifecycle>()
                        .Where(static known => known != Lifecycle.AwaitingApproval)
                        .Select(static known => known.Word())
                        .Append(Waiting);
                    fault ??= $"is: {string.Join(", ", words)}";
                }

                continue;
            }

            var label = plain.StartsWith('@')
                ? plain[1..]
                : plain.StartsWith(Label, StringComparison.OrdinalIgnoreCase) ? plain[Label.Length..]
                : null;
            if ((label ?? plain).Length > 0)
            {
                terms.Add(new(label is null ? Kind.Text : Kind.Label, label ?? plain, default, inverts));
            }
        }

        return new RunFilter(terms, fault);
    }

    /// <param name="name">Of the sprite, as it is shown.</param>
    /// <param name="labels">Of the sprite.</param>
    public bool Holds(LoopModel loop, string name, IReadOnlyList<string> labels)
    {
        foreach (var term in terms)
        {
            var holds = term.Kind switch
            {
                Kind.Lifecycle => loop.Verdict.Lifecycle == term.Lifecycle,
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

    /// <summary>Whether the row of a source stays that is no run: it has a name and labels, and no lifecycle.</summary>
    public bool HoldsSource(string name, IReadOnlyList<string> labels)
    {
        foreach (var term in terms)
        {
            var holds = term.Kind switch
            {
                Kind.Lifecycle => false,
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

    private readonly record struct Term(Kind Kind, string Text, Lifecycle Lifecycle, bool Inverts);
}
