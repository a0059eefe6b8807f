using System.Globalization;

namespace OpsManager.Core.Events;

/// <summary>A term that is answered from a row of the index.</summary>
/// <param name="Inverted">Holds where the rest of it does not.</param>
public abstract record IndexTerm(bool Inverted);

/// <summary>
/// The word of a row that a term asks about; <see cref="Status"/> is the status, or where there is none, the row's detail.
/// </summary>
internal enum WordField
{
    Role,
    Event,
    Status,
}

/// <summary>A word of the row contains the text, whatever the case. A word that the index does not keep contains nothing.</summary>
internal sealed record WordTerm(WordField Field, string Text, bool Inverted) : IndexTerm(Inverted);

/// <summary>The row's iteration is one of these; a row without one has none of them.</summary>
internal sealed record IterationTerm(int From, int To, bool Inverted) : IndexTerm(Inverted)
{
    /// <summary>Reads "3", "3-5", ">3", ">=3", "&lt;3" or "&lt;=3"; null for anything else.</summary>
    public static IterationTerm? Parse(ReadOnlySpan<char> text, bool inverted)
    {
        var (from, to) = text switch
        {
            ['>', '=', .. var rest] => (Number(rest), int.MaxValue),
            ['<', '=', .. var rest] => (0, Number(rest)),
            ['>', .. var rest] => (Number(rest) is { } number and < int.MaxValue ? number + 1 : null, int.MaxValue),
            ['<', .. var rest] => (0, Number(rest) is { } number ? number - 1 : null),
            _ when text.IndexOf('-') is >= 0 and var dash => (Number(text[..dash]), Number(text[(dash + 1)..])),
            _ => (Number(text), Number(text)),
        };
        return from is { } first && to is { } last ? new IterationTerm(first, last, inverted) : null;
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a row shows contains the text, whatever the case.</summary>
public sealed record TextTerm(string Text, bool Inverted)
{
    public bool Holds(string shown) => shown.Contains(Text, StringComparison.OrdinalIgnoreCase) != Inverted;
}
