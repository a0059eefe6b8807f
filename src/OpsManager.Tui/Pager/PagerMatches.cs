using System.Collections.Immutable;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Pager;

/// <summary>The lines of a text that a search finds, as far as they were counted.</summary>
/// <param name="Lines">Where they start, in order.</param>
/// <param name="Next">Where to count on.</param>
/// <param name="IsDone">The end of the text was reached, or the bound.</param>
internal sealed record PagerMatches(ImmutableArray<long> Lines, long Next, bool IsDone)
{
    /// <summary>Whoever looks for something that is in more lines looks for something else.</summary>
    public const int MaxLines = 1000;

    /// <summary>Bytes of a text in which matches are counted.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>"match 2 of 5", "match 2 of 1,000+"; null while they are counted, or where the line is not among them.</summary>
    public string? Place(long? line)
    {
        if (!IsDone || line is not { } at || Lines.BinarySearch(at) is not (>= 0 and var index))
        {
            return null;
        }

        var isMore = Lines.Length >= MaxLines || Next >= MaxBytes;
        return $"match {Numbers.Whole(index + 1)} of {Numbers.Whole(Lines.Length)}{(isMore ? "+" : "")}";
    }
}
