using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Tui.Palette;

namespace OpsManager.Tui.Timeline;

/// <summary>What the word under the cursor of the filter may become: a field's name, or one of the values that the log has.</summary>
internal static class FilterWords
{
    private static readonly string[] Fields = ["role:", "event:", "status:", "iter:"];

    /// <summary>Lines from the end in which values are looked for: enough for what is going on.</summary>
    private const int MaxLines = 5000;

    private const int MaxChoices = 50;

    public static IReadOnlyList<Choice> Choices(LoopModel? loop, PromptState prompt)
    {
        var start = prompt.Text.AsSpan(0, prompt.Cursor).LastIndexOf(' ') + 1;
        var (before, word, after) = (prompt.Text[..start], prompt.Text[start..prompt.Cursor], prompt.Text[prompt.Cursor..]);
        var inverts = word.StartsWith('!');
        var plain = inverts ? word[1..] : word;
        return
        [
            .. Words(loop, plain)
                .Where(known => known.StartsWith(plain, StringComparison.OrdinalIgnoreCase) && known.Length > plain.Length)
                .Take(MaxChoices)
                .Select(known => new Choice($"{before}{(inverts ? "!" : "")}{known}{after}", "", "", null, new Typed(""))),
        ];
    }

    private static IEnumerable<string> Words(LoopModel? loop, string word)
    {
        if (word.Length == 0 || !word.Contains(':', StringComparison.Ordinal))
        {
            return word.Length == 0 ? [] : Fields;
        }

        if (loop?.Log is not { } log)
        {
            return [];
        }

        var field = word[..(word.IndexOf(':', StringComparison.Ordinal) + 1)];
        Func<EventRow, ushort>? value = field.ToLowerInvariant() switch
        {
            "role:" => static row => row.Role,
            "event:" => static row => row.Name,
            "status:" => static row => row.Status,
            _ => null,
        };
        if (value is null)
        {
            return [];
        }

        var values = Values(log, loop.Tally.Lines, value);
        if (field.Equals("event:", StringComparison.OrdinalIgnoreCase))
        {
            values.UnionWith(loop.Observed.Rows.Select(static row => row.Kind.Word()));
        }

        return values.Select(known => field + known);
    }

    private static SortedSet<string> Values(EventLog log, int lines, Func<EventRow, ushort> value)
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        for (var row = lines - 1; row >= Math.Max(0, lines - MaxLines); row--)
        {
            if (log.Words[value(log[row])] is { } known && !known.Contains(' ', StringComparison.Ordinal))
            {
                seen.Add(known);
            }
        }

        return seen;
    }
}
