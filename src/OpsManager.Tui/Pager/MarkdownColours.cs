using System.Text.RegularExpressions;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Pager;

/// <summary>
/// Colours of one line of Markdown: headings, lists, quotes, code, emphasis, whose marks are left out. Code between fences comes
/// indented, as <see cref="Unfenced"/> makes it.
/// </summary>
internal static partial class MarkdownColours
{
    private const string CodeIndent = "    ";

    public static IEnumerable<StyledRun> Runs(string text)
    {
        if (text.StartsWith(CodeIndent, StringComparison.Ordinal) && !ListMark().IsMatch(text))
        {
            return [new(text, StyleRole.Info)];
        }

        if (Heading().Match(text) is { Success: true } heading)
        {
            return [new(text, heading.Groups[1].Length == 1 ? StyleRole.TitleFocused : StyleRole.Title, Ink.Bold)];
        }

        var mark = ListMark().Match(text);
        return mark.Success
            ? [new(mark.Value, StyleRole.Waiting), .. Inline(text[mark.Length..])]
            : Inline(text);
    }

    /// <summary>The lines of a document; what stands between fences is indented, and the fences are left out.</summary>
    public static IReadOnlyList<string> Unfenced(IEnumerable<string> lines)
    {
        List<string> found = [];
        string? fence = null;
        foreach (var line in lines)
        {
            var trimmed = line.TrimStart();
            if (fence is null && (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal)))
            {
                fence = trimmed[..3];
            }
            else if (fence is not null && trimmed.StartsWith(fence, StringComparison.Ordinal))
            {
                fence = null;
            }
            else
            {
                found.Add(fence is null ? line : CodeIndent + line);
            }
        }

        return found;
    }

    private static IEnumerable<StyledRun> Inline(string text)
    {
        var at = 0;
        foreach (Match match in Emphasis().Matches(text))
        {
            if (match.Index > at)
            {
                yield return new(text[at..match.Index], StyleRole.Text);
            }

            var (code, strong, slanted) = (match.Groups["code"], match.Groups["strong"], match.Groups["slanted"]);
            yield return code.Success ? new(code.Value, StyleRole.Info)
                : strong.Success ? new(strong.Value, StyleRole.Text, Ink.Bold)
                : new(slanted.Value, StyleRole.Text, Ink.Italic);
            at = match.Index + match.Length;
        }

        yield return new(text[at..], StyleRole.Text);
    }

    [GeneratedRegex(@"^(#{1,6})\s", RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*([-*+]|[0-9]{1,9}[.)]|>)\s+(\[[ xX]\]\s)?", RegexOptions.NonBacktracking)]
    private static partial Regex ListMark();

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\b__(?<strong>[^_]+)__\b|\*(?<slanted>[^*\s][^*]*)\*", RegexOptions.None, 200)]
    private static partial Regex Emphasis();
}
