using OpsManager.Core.Events;
using OpsManager.Core.Rules.Timeline;

namespace OpsManager.Sources.Local;

/// <summary>
/// Whether a text term may be found in the words of an event without making them: each run of letters in it must be one of the fixed
/// words, or be in the line's bytes. Digits and signs may come from anywhere.
/// </summary>
internal sealed class WordsNeedle
{
    private readonly RawNeedle[] unknown;

    public WordsNeedle(TextTerm term) =>
        unknown =
        [
            .. Runs(term.Text)
                .Where(static run => !EventVocabulary.Text.Contains(run, StringComparison.OrdinalIgnoreCase))
                .Select(static run => new RawNeedle(new TextTerm(run, Inverted: false))),
        ];

    /// <summary>Whether the term's text may be in the words of the line; false is certain.</summary>
    public bool MayHold(ReadOnlySpan<byte> line)
    {
        foreach (var needle in unknown)
        {
            if (!needle.MayHold(line))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Runs(string text)
    {
        for (int start = 0, at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                continue;
            }

            if (at > start)
            {
                yield return text[start..at];
            }

            start = at + 1;
        }
    }
}
