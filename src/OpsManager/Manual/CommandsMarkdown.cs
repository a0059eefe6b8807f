namespace OpsManager.Manual;

/// <summary>The generated part of docs/cli.md: a section for the screen and for each verb.</summary>
internal static class CommandsMarkdown
{
    /// <summary>Lines without newlines at their ends.</summary>
    public static IEnumerable<string> Lines(VerbEntry root) =>
        root.All.SelectMany(static (verb, index) => index == 0 ? Section(verb) : Section(verb).Prepend(""));

    private static IEnumerable<string> Section(VerbEntry verb)
    {
        yield return verb.IsRoot ? "## The screen" : $"## {verb.Path}";
        yield return "";
        yield return verb.About;
        yield return "";
        yield return "```";
        yield return verb.Usage;
        foreach (var alias in verb.Aliases)
        {
            yield return $"{VerbEntry.Program} {alias}";
        }

        yield return "```";
        foreach (var line in verb.Arguments.Count == 0 ? [] : Table(
            "argument", verb.Arguments.Select(static one => ($"`{Code(one.Name)}`", Text(one.About)))))
        {
            yield return line;
        }

        foreach (var line in Table("option", verb.Flags.Select(static one => (
            string.Join(", ", one.Names.Select(name => $"`{Code($"{name} {one.Value}".TrimEnd())}`")),
            Text(one.Text)))))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Table(string head, IEnumerable<(string Name, string Text)> rows) =>
        ["", $"| {head} | meaning |", "|---|---|", .. rows.Select(static row => $"| {row.Name} | {row.Text} |")];

    // A bar would end the cell, in code too.
    private static string Code(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(string text) => Code(text)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
