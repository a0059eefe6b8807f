using System.Buffers;
using System.Text;
using OpsManager.Core.Events;

namespace OpsManager.Sources.Local;

/// <summary>
/// The part of a text term that must be in a line's bytes as it is in its text: its longest run of ASCII letters, digits
/// and such signs as JSON writes in no other way than as \u escapes; a line with such an escape may always hold it.
/// </summary>
internal sealed class RawNeedle
{
    /// <summary>How rare a character is in logs, the rarest first: the search jumps from one to the next.</summary>
    private const string RarestFirst = "qzjxkwvyb9876fghpcu543mdlnrois2a10te";

    /// <summary>
    /// Signs at which a run ends: JSON may put a backslash before the first three, and "=" is put between a name and its value.
    /// </summary>
    private const string Ends = "\"\\/=";

    private readonly TextTerm term;
    private readonly byte[] run;
    private readonly int anchor;
    private readonly SearchValues<byte> anchors;

    public RawNeedle(TextTerm term)
    {
        this.term = term;
        run = Encoding.ASCII.GetBytes(LongestLiteral(term.Text).ToLowerInvariant());
        anchor = run.Length == 0 ? 0 : Enumerable.Range(0, run.Length).MinBy(at => Commonness((char)run[at]));
        anchors = SearchValues.Create(run.Length == 0 ? [] : [run[anchor], (byte)char.ToUpperInvariant((char)run[anchor])]);
    }

    public bool IsInverted => term.Inverted;

    /// <summary>Whether the term's text may be in the line; false is certain.</summary>
    public bool MayHold(ReadOnlySpan<byte> line) => run.Length == 0 || Contains(line) || line.IndexOf("\\u"u8) >= 0;

    private bool Contains(ReadOnlySpan<byte> line)
    {
        for (var at = anchor; at <= line.Length - (run.Length - anchor); at++)
        {
            var found = line[at..].IndexOfAny(anchors);
            if (found < 0)
            {
                return false;
            }

            at += found;
            var start = at - anchor;
            if (start + run.Length > line.Length)
            {
                return false;
            }

            if (Ascii.EqualsIgnoreCase(line.Slice(start, run.Length), run))
            {
                return true;
            }
        }

        return false;
    }

    private static int Commonness(char one) =>
        RarestFirst.IndexOf(one, StringComparison.Ordinal) is >= 0 and var rank ? rank : RarestFirst.Length;

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
