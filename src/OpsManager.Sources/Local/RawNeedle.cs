using OpsManager.Core.Events;

namespace OpsManager.Sources.Local;

/// <summary>
/// The part of a text term that must be in a line's bytes as it is in its text: its longest run of ASCII letters, digits
/// and such signs as JSON writes in no other way than as \u escapes; a line with such an escape may always hold it.
/// </summary>
internal sealed class RawNeedle
{
    /// <summary>
    /// Signs at which a run ends: JSON may put a backslash before the first three, and "=" is put between a name and its value.
    /// </summary>
    private const string Ends = "\"\\/=";

    private readonly TextTerm term;
    private readonly ByteNeedle run;

    public RawNeedle(TextTerm term)
    {
        this.term = term;
        run = new ByteNeedle(LongestLiteral(term.Text));
    }

    public bool IsInverted => term.Inverted;

    /// <summary>Whether the term's text may stand in the line; false is certain.</summary>
    public bool MayHold(ReadOnlySpan<byte> line) => run.Length == 0 || run.IndexIn(line) >= 0 || line.IndexOf("\\u"u8) >= 0;

    private static string LongestLiteral(string text)
    {
        int best = 0, length = 0;
        for (int start = 0, at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is > ' ' and <= '~' && !Ends.Contains(text[at], StringComparison.Ordinal))
            {
                continue;
            }

            if (at - start > length)
            {
                (best, length) = (start, at - start);
            }

            start = at + 1;
        }

        return text.Substring(best, length);
    }
}
