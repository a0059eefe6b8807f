namespace OpsManager.Configuration.Yaml;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    private const int MaxWord = 40;

    /// <summary>The known name with the fewest letters to change, or null where none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length > MaxWord)
        {
            return null;
        }

        var near = Math.Max(2, word.Length / 3);
        var best = known.Select(name => (Name: name, Distance: Distance(word, name)))
            .OrderBy(static candidate => candidate.Distance)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= near ? best.Name : null;
    }

    /// <summary>The name that was probably meant, as a question, or else all there are.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known, string kind) =>
        Find(word, known) is { } near ? $"did you mean \"{near}\"?" : $"{kind} are {string.Join(", ", known)}";

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(
                    Math.Min(row[j], row[j - 1]) + 1,
                    diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
