namespace OpsManager.Sources.Replay;

/// <summary>A directory of a tape through all its moments. It is there while a file is in it, or in a directory in it.</summary>
internal sealed class TapeDirectory
{
    private readonly List<(int Moment, int Files)> counts = [];

    /// <summary>Every file that ever was in it, in ordinal order.</summary>
    public SortedSet<string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Every directory that ever was in it, in ordinal order.</summary>
    public SortedSet<string> Directories { get; } = new(StringComparer.Ordinal);

    /// <param name="by">Files more, or less where it is negative.</param>
    /// <param name="child">What is in this very directory, and has come or gone.</param>
    public void Count(int moment, int by, string child, bool isFile)
    {
        (isFile ? Files : Directories).Add(child);
        var before = counts is [.., var last] ? last.Files : 0;
        // Only what makes a difference to whether it is there is kept.
        if ((before == 0) == (before + by == 0) && counts.Count > 0)
        {
            counts[^1] = (counts[^1].Moment, before + by);
        }
        else
        {
            counts.Add((moment, before + by));
        }
    }

    public bool IsThere(int moment)
    {
        var known = Ordered.CountUpTo(counts, moment, static count => count.Moment);
        return known > 0 && counts[known - 1].Files > 0;
    }
}
