namespace OpsManager.Sources.Replay;

/// <summary>The time span of the logs, all together and of each loop. In ticks of UTC.</summary>
internal sealed class RecordedSpan
{
    private readonly Dictionary<string, (long Start, long End)> loops = new(StringComparer.Ordinal);

    public long Start { get; private set; } = long.MaxValue;

    /// <summary>The end of the last line's second: lines have whole seconds, and files are written in between.</summary>
    public long End { get; private set; }

    public static RecordedSpan Create(RecordedFiles recorded, List<RecordedMoment> moments)
    {
        var span = new RecordedSpan();
        var loopOf = recorded.Files.ToDictionary(static file => file.Path, static file => file.Loop, StringComparer.Ordinal);
        var (path, loop) = ("", (string?)null);
        foreach (var moment in moments.Where(static moment => moment.Kind == MomentKind.Append))
        {
            (path, loop) = ReferenceEquals(path, moment.Path) ? (path, loop) : (moment.Path, loopOf[moment.Path]);
            span.Add(loop, moment.At);
        }

        if (moments.Count == 0)
        {
            // The logs are empty.
            span.Start = recorded.Files.Min(static file => file.ModifiedAt.UtcTicks);
            span.End = recorded.Files.Max(static file => file.ModifiedAt.UtcTicks);
        }

        return span;
    }

    /// <summary>
    /// When a file was put there. What it says itself is a lower bound of the file's time, and stands for it where the file's time lies
    /// outside, as that of a copy does. Then it is the start or the end of its loop.
    /// </summary>
    public long Place(RecordedFile file, DateTimeOffset? written)
    {
        var (modified, said) = (file.ModifiedAt.UtcTicks, written?.UtcTicks ?? 0);
        if (modified >= Start && modified <= End)
        {
            return Math.Clamp(said, modified, End);
        }

        var (start, end) = file.Loop is { } loop && loops.TryGetValue(loop, out var own) ? own : (Start, End);
        return said >= Start && said <= End ? said : Math.Clamp(modified, start, end);
    }

    private void Add(string? loop, long at)
    {
        var end = at - (at % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond - TimeSpan.TicksPerMillisecond;
        (Start, End) = (Math.Min(Start, at), Math.Max(End, end));
        if (loop is not null)
        {
            loops[loop] = loops.TryGetValue(loop, out var known) ? (Math.Min(known.Start, at), Math.Max(known.End, end)) : (at, end);
        }
    }
}
