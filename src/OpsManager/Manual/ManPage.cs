using System.Text;

namespace OpsManager.Manual;

/// <summary>The man page of the program, as roff (man(7)).</summary>
internal static class ManPage
{
    /// <summary>Lines without newlines at their ends.</summary>
    /// <param name="version">Of the program.</param>
    public static IEnumerable<string> Lines(VerbEntry root, string version) =>
    [
        $".TH OPS-MANAGER 1 \"\" \"{VerbEntry.Program} {Quoted(version)}\" \"User Commands\"",
        // Words are not hyphenated, and lines not padded: what is shown can be copied.
        ".nh", ".ad l",
        ".SH NAME", $"{VerbEntry.Program.Replace("-", "\\-", StringComparison.Ordinal)} \\- terminal console for coding\\-agent loops",
        ".SH SYNOPSIS", .. Synopsis(root),
        ".SH DESCRIPTION", Text(root.About),
        ".PP", Text($"Without a verb it opens the screen. \"{VerbEntry.Program} help VERB\" shows one verb."),
        ".SH OPTIONS OF THE SCREEN", .. Parts(root),
        ".SH VERBS", .. root.Verbs.SelectMany(static verb => verb.All).SelectMany(Section),
        ".SH EXIT STATUS", .. Item("0", "Done."), .. Item("1", "Failed: one line on standard error says what and where."),
        .. Item("2", "control sent an intent, but its result is ambiguous; diff cannot read a run (there, 1 is different)."),
        ".SH SEE ALSO", Text("docs/usage.md has the environment variables, docs/keys.md the keys of the screen."),
    ];

    private static IEnumerable<string> Section(VerbEntry verb) =>
    [
        $".SS {Text(verb.Path)}", .. Synopsis(verb), ".PP", Text(verb.About), .. Parts(verb),
        .. verb.Aliases.Count == 0 ? Array.Empty<string>() : [".PP", Text($"Also: {string.Join(", ", verb.Aliases)}.")],
    ];

    private static IEnumerable<string> Synopsis(VerbEntry verb) => [".B " + Text(verb.Usage)];

    private static IEnumerable<string> Parts(VerbEntry verb) =>
    [
        .. verb.Arguments.SelectMany(static one => Item(one.Usage, one.About)),
        .. verb.Flags.SelectMany(static one => Item(one.Heading, one.Text)),
    ];

    private static IEnumerable<string> Item(string heading, string text) => [".TP", $".B {Text(heading)}", Text(text)];

    private static string Quoted(string text) => Text(text).Replace("\"", "\\(dq", StringComparison.Ordinal);

    /// <summary>
    /// A line of text: backslashes and dashes as they are typed, and no dot or quote at its start that would make it a request.
    /// </summary>
    private static string Text(string text)
    {
        var line = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            line.Append(letter switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '"' => "\\(dq",
                _ => letter.ToString(),
            });
        }

        return line.Length > 0 && line[0] is '.' or '\'' ? line.Insert(0, "\\&").ToString() : line.ToString();
    }
}
