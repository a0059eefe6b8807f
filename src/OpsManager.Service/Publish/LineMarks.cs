using OpsManager.Contract.Manager;

namespace OpsManager.Service.Publish;

/// <summary>Where in the stream some lines of a log are, so that a reader can begin near the one from which on it needs them.</summary>
internal sealed class LineMarks
{
    /// <summary>Of more, every second one is dropped: a reader then begins a little earlier.</summary>
    private const int Most = 64;

    private readonly List<PublishMark> marks = [];

    /// <summary>By line.</summary>
    public IReadOnlyList<PublishMark> All => marks;

    /// <summary>The marks that were kept; none where one is broken, or they are not in order.</summary>
    public void Load(IReadOnlyList<PublishMark> kept)
    {
        marks.Clear();
        var isOrdered = kept.Count <= Most
            && kept.All(static mark => mark is { Line: > 0, Sequence: > 0 })
            && kept.Zip(kept.Skip(1)).All(static two =>
                two.First.Line < two.Second.Line && two.First.Sequence < two.Second.Sequence);
        if (isOrdered)
        {
            marks.AddRange(kept);
        }
    }

    public void Clear() => marks.Clear();

    /// <summary>A line was published, behind all that were before.</summary>
    /// <param name="sequence">Its message has this number, or a higher one.</param>
    public void Add(long line, ulong sequence)
    {
        marks.Add(new(line, sequence));
        if (marks.Count > Most)
        {
            // The first is the one that may be asked for now, and the last may be the next.
            var kept = marks.Where(static (_, index) => index % 2 == 0).ToArray();
            marks.Clear();
            marks.AddRange(kept);
        }
    }

    /// <summary>From where in the stream a line, and all behind it, are found; null where that is not known.</summary>
    /// <remarks>Lines before it are not asked for again, and their marks are dropped.</remarks>
    public ulong? Behind(long line)
    {
        var next = marks.FindIndex(mark => mark.Line > line);
        var at = (next < 0 ? marks.Count : next) - 1;
        if (at < 0)
        {
            return null;
        }

        marks.RemoveRange(0, at);
        return marks[0].Sequence;
    }
}
