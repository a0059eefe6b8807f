using System.Buffers;
using System.Text;

namespace OpsManager.Sources.Local;

/// <summary>
/// Looks for a text in bytes, without regard to the case of ASCII letters: it jumps from one rare character to the next.
/// </summary>
internal sealed class ByteNeedle
{
    /// <summary>How rare a character is in logs, the rarest first.</summary>
    private const string RarestFirst = "qzjxkwvyb9876fghpcu543mdlnrois2a10te";

    private readonly byte[] run;
    private readonly int anchor;
    private readonly SearchValues<byte> anchors;

    public ByteNeedle(string text)
    {
        run = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < run.Length; i++)
        {
            run[i] = Lower(run[i]);
        }

        anchor = run.Length == 0 ? 0 : Enumerable.Range(0, run.Length).MinBy(at => Commonness((char)run[at]));
        anchors = SearchValues.Create(run.Length == 0 ? [] : [run[anchor], Upper(run[anchor])]);
    }

    /// <summary>In bytes.</summary>
    public int Length => run.Length;

    /// <summary>The first place at which it stands; -1 where it does not.</summary>
    public int IndexIn(ReadOnlySpan<byte> bytes)
    {
        for (var at = anchor; at <= bytes.Length - (run.Length - anchor); at++)
        {
            var found = bytes[at..].IndexOfAny(anchors);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            var start = at - anchor;
            if (start + run.Length > bytes.Length)
            {
                return -1;
            }

            if (IsAt(bytes.Slice(start, run.Length)))
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>The last place at which it stands; -1 where it does not.</summary>
    public int LastIndexIn(ReadOnlySpan<byte> bytes)
    {
        for (var start = bytes.Length - run.Length; start >= 0; start--)
        {
            start = bytes[..(start + anchor + 1)].LastIndexOfAny(anchors) - anchor;
            if (start >= 0 && IsAt(bytes.Slice(start, run.Length)))
            {
                return start;
            }
        }

        return -1;
    }

    private bool IsAt(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (Lower(bytes[i]) != run[i])
            {
                return false;
            }
        }

        return true;
    }

    private static byte Lower(byte one) => one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one;

    private static byte Upper(byte one) => one is >= (byte)'a' and <= (byte)'z' ? (byte)(one & ~0x20) : one;

    private static int Commonness(char one) =>
        RarestFirst.IndexOf(one, StringComparison.Ordinal) is >= 0 and var rank ? rank : RarestFirst.Length;
}
