namespace OpsManager.Tui.Palette;

/// <summary>
/// What the typed text finds: a name by its letters, a sentence or another word for it by whole beginnings of words. What cannot be done
/// now comes last.
/// </summary>
internal static class ChoiceSearch
{
    // A name that the typed text begins, or of which it begins a word, comes before other words; letters that are strewn come last.
    private const int Alias = 690;
    private const int AliasBeginning = 550;
    private const int Sentence = 450;

    /// <summary>Fewer letters begin a word of nearly every sentence.</summary>
    private const int MinWord = 3;

    /// <summary>The best first. Where nothing is typed, all of them in the order in which they come.</summary>
    public static IReadOnlyList<Choice> Find(IEnumerable<Choice> choices, string typed)
    {
        var wanted = typed.Trim();
        return
        [
            .. choices
                .Select(choice => (Choice: choice, Score: Score(choice, wanted)))
                .Where(static found => found.Score is not null)
                // Whoever names one thing wants that one, also to read why it cannot be done now.
                .OrderBy(static found => found.Score < Alias)
                .ThenBy(static found => found.Choice.WhyNot is not null)
                .ThenByDescending(static found => found.Score)
                .Select(static found => found.Choice),
        ];
    }

    private static int? Score(Choice choice, string typed)
    {
        if (typed.Length == 0)
        {
            return 0;
        }

        var name = Fuzzy.Score(typed, choice.Text);
        var words = choice.Aliases.Split(' ').Contains(typed, StringComparer.OrdinalIgnoreCase) ? Alias
            : Words(choice.Aliases, typed) ? AliasBeginning
            : Phrase(choice, typed) ? Alias
            : typed.Length >= MinWord && Words(Telling($"{choice.Title} {choice.Detail}"), typed) ? Sentence
            : (int?)null;
        return name is null ? words : words is null ? name : Math.Max(name.Value, words.Value);
    }

    /// <summary>
    /// Whether several words say what it does in other words: one is a word by which people look for it, and the rest are in its name,
    /// its sentence, or such words too. "stop the run", "dark mode".
    /// </summary>
    private static bool Phrase(Choice choice, string typed)
    {
        string[] words = [.. Telling($" {typed} ").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return words.Length > 1
            && words.Any(word => choice.Aliases.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase))
            && words.All(word => Begins($"{choice.Aliases} {choice.Text} {choice.Title}", word));
    }

    /// <summary>The words of a sentence without those that are in most of them.</summary>
    private static string Telling(string sentence) => sentence.Replace(" the ", " ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether each typed word begins a word of the text.</summary>
    private static bool Words(string text, string typed) => typed
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => Begins(text, word));

    private static bool Begins(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
