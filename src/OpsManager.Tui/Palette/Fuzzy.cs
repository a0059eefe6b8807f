namespace OpsManager.Tui.Palette;

/// <summary>
/// How well a few typed letters fit a name: they must come in its order; whole words, beginnings and neighbours count most.
/// </summary>
internal static class Fuzzy
{
    /// <summary>Higher is better; null where it does not fit. Linear in the name for each typed letter.</summary>
    public static int? Score(string typed, string name)
    {
        if (typed.Length == 0)
        {
            return 0;
        }

        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 1000 - name.Length;
        }

        if (name.IndexOf(typed, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            return (StartsWord(name, at) ? 700 : 500) - name.Length;
        }

        int score = 0, from = 0, before = -2;
        foreach (var letter in typed)
        {
            var found = Find(name, letter, from);
            if (found < 0)
            {
                return null;
            }

            score += found == before + 1 ? 8 : StartsWord(name, found) ? 6 : 1;
            (before, from) = (found, found + 1);
        }

        return score - name.Length;
    }

    /// <summary>The next place of a letter: where it goes on or starts a word if it does so anywhere, else the first.</summary>
    private static int Find(string name, char letter, int from)
    {
        if (from < name.Length && Same(name[from], letter))
        {
            return from;
        }

        var first = -1;
        for (var i = from; i < name.Length; i++)
        {
            if (!Same(name[i], letter))
            {
                continue;
            }

            if (StartsWord(name, i))
            {
                return i;
            }

            first = first < 0 ? i : first;
        }

        return first;
    }

    private static bool StartsWord(string name, int at) => at == 0 || !char.IsLetterOrDigit(name[at - 1]);

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
