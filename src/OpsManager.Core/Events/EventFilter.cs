using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OpsManager.Core.Events;

/// <summary>
/// What an operator looks for in a log: terms separated by blanks, all of which must hold. <c>role:R</c>, <c>event:E</c> and
/// <c>status:S</c> hold where the row's word contains the text, <c>iter:3</c>, <c>iter:3-5</c>, <c>iter:&gt;3</c> and the like by the
/// iteration; anything else is text that the shown line contains. Case never matters, quotes keep blanks, a leading <c>!</c> inverts
/// a term. What is not finished yet (a lone <c>!</c>, <c>role:</c>, <c>iter:</c>) asks for nothing, because filters are typed
/// letter by letter.
/// </summary>
public sealed class EventFilter
{
    /// <summary>Longest filter, in characters.</summary>
    public const int MaxChars = 1000;

    public const int MaxTerms = 32;

    private EventFilter(string text, ImmutableArray<IndexTerm> indexTerms, ImmutableArray<TextTerm> textTerms) =>
        (Text, IndexTerms, TextTerms) = (text, indexTerms, textTerms);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    /// <summary>Terms that the index answers.</summary>
    public ImmutableArray<IndexTerm> IndexTerms { get; }

    /// <summary>Terms for which the text of a line is needed.</summary>
    public ImmutableArray<TextTerm> TextTerms { get; }

    /// <summary>Every row passes.</summary>
    public bool IsEmpty => IndexTerms.IsEmpty && TextTerms.IsEmpty;

    /// <summary>Reads a filter; <paramref name="fault"/> says in words what cannot be understood.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EventFilter? filter, [NotNullWhen(false)] out string? fault)
    {
        (filter, fault) = (null, null);
        text ??= "";
        if (text.Length > MaxChars)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"a filter has at most {MaxChars} characters");
            return false;
        }

        var indexTerms = ImmutableArray.CreateBuilder<IndexTerm>();
        var textTerms = ImmutableArray.CreateBuilder<TextTerm>();
        for (var at = 0; NextWord(text, ref at) is { } word;)
        {
            fault = Add(word, indexTerms, textTerms);
            if (fault is null && indexTerms.Count + textTerms.Count > MaxTerms)
            {
                fault = string.Create(CultureInfo.InvariantCulture, $"a filter has at most {MaxTerms} terms");
            }

            if (fault is not null)
            {
                return false;
            }
        }

        filter = new EventFilter(text, indexTerms.ToImmutable(), textTerms.ToImmutable());
        return true;
    }

    /// <summary>Whether the text terms hold for what a row shows; the index terms are asked by <see cref="IndexMatcher"/>.</summary>
    public bool HoldsForText(string shown)
    {
        foreach (var term in TextTerms)
        {
            if (!term.Holds(shown))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Add(
        (bool Inverted, string Value, int Colon) word, ImmutableArray<IndexTerm>.Builder indexTerms,
        ImmutableArray<TextTerm>.Builder textTerms)
    {
        var (inverted, value, colon) = word;
        var rest = value[(colon + 1)..];
        var field = colon < 0 ? null : value[..colon].ToLowerInvariant();
        if (field is "iter")
        {
            if (rest.Length == 0)
            {
                return null;
            }

            if (IterationTerm.Parse(rest, inverted) is not { } term)
            {
                return $"\"{value}\": iter: wants a number (iter:3), two (iter:3-5) or a bound (iter:>3, iter:<=3)";
            }

            indexTerms.Add(term);
        }
        else if (field is "role" or "event" or "status")
        {
            if (rest.Length > 0)
            {
                indexTerms.Add(new WordTerm(
                    field == "role" ? WordField.Role : field == "event" ? WordField.Event : WordField.Status, rest, inverted));
            }
        }
        else if (value.Length > 0)
        {
            textTerms.Add(new TextTerm(value, inverted));
        }

        return null;
    }

    /// <summary>The next word without its quotes, and where its first colon outside quotes stands (-1 where none does).</summary>
    private static (bool Inverted, string Value, int Colon)? NextWord(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return null;
        }

        var inverted = text[at] == '!';
        at += inverted ? 1 : 0;
        var value = new StringBuilder();
        var colon = -1;
        bool quoted = false, wasQuoted = false;
        for (; at < text.Length && (quoted || !char.IsWhiteSpace(text[at])); at++)
        {
            if (text[at] == '"')
            {
                (quoted, wasQuoted) = (!quoted, true);
                continue;
            }

            if (text[at] == ':' && colon < 0 && !wasQuoted)
            {
                colon = value.Length;
            }

            value.Append(text[at]);
        }

        return (inverted, value.ToString(), colon);
    }
}
