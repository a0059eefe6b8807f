namespace OpsManager.Manual;

/// <summary>The help of a verb, as lines for a terminal of some width.</summary>
internal static class HelpText
{
    /// <summary>Where nothing says how wide it is.</summary>
    public const int UsualWidth = 80;

    private const int MinWidth = 40;

    /// <summary>Longer lines are hard to read.</summary>
    private const int MaxWidth = 110;

    private const int MaxHeading = 24;

    /// <param name="width">In columns.</param>
    public static IEnumerable<string> Lines(VerbEntry verb, int width)
    {
        var room = Math.Clamp(width, MinWidth, MaxWidth);
        foreach (var line in Wrap(verb.About, room))
        {
            yield return line;
        }

        yield return "";
        yield return $"Usage: {verb.Usage}";
        if (verb.Aliases.Count > 0)
        {
            yield return $"Also:  {string.Join(", ", verb.Aliases.Select(static alias => $"{VerbEntry.Program} {alias}"))}";
        }

        (string, (string, string)[])[] sections =
        [
            ("Verbs", [.. verb.Verbs.Select(static one => (one.Words[^1], one.About))]),
            ("Arguments", [.. verb.Arguments.Select(static one => (one.Usage, one.About))]),
            (verb.IsRoot ? "Options of the screen" : "Options", [.. verb.Flags.Select(static one => (one.Heading, one.Text))]),
        ];
        foreach (var line in sections.Where(static one => one.Item2.Length > 0).SelectMany(one => Section(one.Item1, one.Item2, room)))
        {
            yield return line;
        }

        if (verb.Verbs.Count > 0)
        {
            yield return "";
            yield return $"\"{VerbEntry.Program} help {string.Join(' ', verb.Words.Append("VERB"))}\" shows the options of a verb.";
        }
    }

    private static IEnumerable<string> Section(string title, (string Heading, string Text)[] rows, int room)
    {
        yield return "";
        yield return $"{title}:";
        var column = Math.Min(rows.Max(static row => row.Heading.Length), MaxHeading) + 4;
        foreach (var (heading, text) in rows)
        {
            var lines = Wrap(text, room - column);
            var fits = heading.Length + 4 <= column;
            yield return fits && lines.Count > 0 ? $"  {heading.PadRight(column - 2)}{lines[0]}" : $"  {heading}";
            foreach (var line in lines.Skip(fits ? 1 : 0))
            {
                yield return $"{new string(' ', column)}{line}";
            }
        }
    }

    private static List<string> Wrap(string text, int room)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        return line.Length == 0 ? lines : [.. lines, line];
    }
}
