using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Pager;

/// <summary>
/// Colours of one line of Markdown: headings, lists, quotes, code, emphasis, whose marks are left out. Code between fences comes
/// indented, as <see cref="Unfenced"/> makes it.
/// </summary>
internal static class MarkdownColours
{
    private const string CodeIndent = "    ";

    public static IEnumerable<StyledRun> Runs(string text)
    {
        var mark = ListMark(text);
        if (mark == 0 && text.StartsWith(CodeIndent, StringComparison.Ordinal))
        {
            return [new(text, StyleRole.Info)];
        }

        var level = text.AsSpan().IndexOfAnyExcept('#');
        if (level is >= 1 and <= 6 && text[level] == ' ')
        {
            return [new(text, level == 1 ? StyleRole.TitleFocused : StyleRole.Title, Ink.Bold)];
        }

        return mark > 0 ? [new(text[..mark], StyleRole.Waiting), .. Inline(text[mark..])] : Inline(text);
    }

    /// <summary>The lines of a document; what stands between fences is indented, and the fences are left out.</summary>
    public static IReadOnlyList<string> Unfenced(IEnumerable<string> lines)
    {
        List<string> found = [];
        string? fence = null;
        foreach (var line in lines)
        {
            var trimmed = line.TrimStart();
            if (fence is null && (trimmed is ['`', '`', '`', ..] or ['~', '~', '~', ..]))
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

    /// <summary>
    /// Characters of "- ", "12. ", "> " or "- [x] " at the start of a line, with the blanks before it; 0 where there is none.
    /// </summary>
    private static int ListMark(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(' ');
        if (at < 0)
        {
            return 0;
        }

        var digits = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
        var end = text[at] is '-' or '*' or '+' or '>' ? at + 1
            : digits is > 0 and < 10 && text[at + digits] is '.' or ')' ? at + digits + 1
            : 0;
        if (end == 0 || end >= text.Length || text[end] != ' ')
        {
            return 0;
        }

        end++;
        return text.AsSpan(end) is ['[', ' ' or 'x' or 'X', ']', ' ', ..] ? end + 4 : end;
    }

    private static IEnumerable<StyledRun> Inline(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at] == '`' ? "`" : string.CompareOrdinal(text, at, "**", 0, 2) == 0 ? "**" : text[at] == '*' ? "*" : null;
            if (sign is null)
            {
                continue;
            }

            var from = at + sign.Length;
            var end = from + 1 < text.Length && text[from] != ' ' ? text.IndexOf(sign, from + 1, StringComparison.Ordinal) : -1;
            if (end < 0)
            {
                at = from - 1;
                continue;
            }

            if (at > start)
            {
                yield return new(text[start..at], StyleRole.Text);
            }

            yield return sign == "`" ? new(text[from..end], StyleRole.Info)
                : new(text[from..end], StyleRole.Text, sign == "*" ? Ink.Italic : Ink.Bold);
            start = end + sign.Length;
            at = start - 1;
        }

        yield return new(text[start..], StyleRole.Text);
    }
}
