using OpsManager.Contract.Words;

namespace OpsManager.Core.Events;

/// <summary>
/// What the fold keeps of a log: the few moments that decide the lifecycle. Adding rows one by one, in batches or all at
/// once gives the same tally.
/// </summary>
public sealed record EventTally
{
    public static readonly EventTally Empty = new();

    /// <summary>Complete lines folded.</summary>
    public int Lines { get; init; }

    /// <summary>Lines that are no event, and the first of them (from 1).</summary>
    public int InvalidLines { get; init; }

    public int? FirstInvalidLine { get; init; }

    /// <summary>The newest event, in file order.</summary>
    public EventMoment? Newest { get; init; }

    /// <summary>The newest loop_start; its detail is max_iterations.</summary>
    public EventMoment? RunStart { get; init; }

    /// <summary>The newest iteration_start of that run.</summary>
    public EventMoment? IterationStart { get; init; }

    /// <summary>The role that has started and not ended.</summary>
    public EventMoment? RoleAtWork { get; init; }

    /// <summary>The event that ended the newest run; null while work was seen after it, or none was seen.</summary>
    public EventMoment? End { get; init; }

    /// <summary>The newest run wrote an event that only runtimes which claim their runs write.</summary>
    public bool WritesClaims { get; init; }

    /// <summary>The newest events of a decision: it was asked for, recorded, consumed, or the loop is complete.</summary>
    public RecentMoments Decisive { get; init; } = RecentMoments.None;

    /// <summary>
    /// The first line that any of this was read from: with every line before it blank, the tally is the same. 1 where the start of the
    /// newest run is not known.
    /// </summary>
    public int FirstNeeded => RunStart is { Line: var start } ? Math.Min(start, Decisive.All is [var first, ..] ? first.Line : start) : 1;

    /// <summary>Iterations the run may take, where its start says so.</summary>
    public int? MaxIterations => int.TryParse(RunStart?.Detail, out var max) && max > 0 ? max : null;

    /// <summary>When the rate limit that stopped the run is reset; null where none did, and where the event does not say.</summary>
    public DateTimeOffset? LimitResetsAt => End is { Name: EventNames.RateLimitStop } end ? RateLimitReset.At(end) : null;

    /// <summary>This tally with rows <paramref name="from"/> up to, not including, <paramref name="to"/> added.</summary>
    public EventTally Add(EventLog log, int from, int to)
    {
        int newest = -1, start = -1, iteration = -1, role = -1, end = -1, invalid = InvalidLines;
        bool roleChanged = false, endChanged = false, iterationChanged = false, writesClaims = WritesClaims;
        var firstInvalid = FirstInvalidLine;
        List<int>? decisive = null;
        for (var row = from; row < to; row++)
        {
            var name = log[row].Name;
            if (name == KnownEvents.Blank)
            {
                continue;
            }

            if (name == KnownEvents.Invalid)
            {
                invalid++;
                firstInvalid ??= row + 1;
                continue;
            }

            newest = row;
            if (KnownEvents.TellsOfDecision(name))
            {
                (decisive ??= []).Add(row);
            }

            if (KnownEvents.ShowsWork(name))
            {
                (end, endChanged) = (-1, true);
                if (name == KnownEvents.LoopStart)
                {
                    (start, role, roleChanged) = (row, -1, true);
                    (iteration, iterationChanged, writesClaims) = (-1, true, false);
                }
                else if (name == KnownEvents.IterationStart)
                {
                    (iteration, iterationChanged) = (row, true);
                }
                else
                {
                    (role, roleChanged) = (row, true);
                }
            }
            else if (KnownEvents.EndsRun(name))
            {
                (end, endChanged) = (row, true);
                (role, roleChanged) = (-1, true);
            }
            else if (name is KnownEvents.RoleEnd or KnownEvents.IterationEnd)
            {
                (role, roleChanged) = (-1, true);
            }
            else if (name == KnownEvents.LifecycleStart)
            {
                writesClaims = true;
            }
        }

        EventMoment? At(int row) => row < 0 ? null : log.Moment(row);
        return new EventTally
        {
            Lines = to,
            InvalidLines = invalid,
            FirstInvalidLine = firstInvalid,
            Newest = At(newest) ?? Newest,
            RunStart = At(start) ?? RunStart,
            IterationStart = iterationChanged ? At(iteration) : IterationStart,
            RoleAtWork = roleChanged ? At(role) : RoleAtWork,
            End = endChanged ? At(end) : End,
            WritesClaims = writesClaims,
            Decisive = decisive is null ? Decisive : Decisive.Add(log, decisive),
        };
    }

    /// <summary>Writes it by the numbers of lines: the lines are in the same index.</summary>
    internal void Write(IndexWriter to)
    {
        foreach (var number in (ReadOnlySpan<int?>)
            [Lines, InvalidLines, FirstInvalidLine, Newest?.Line, RunStart?.Line, IterationStart?.Line, RoleAtWork?.Line, End?.Line])
        {
            to.Number((ulong)(number ?? 0));
        }

        to.Byte(WritesClaims ? (byte)1 : (byte)0);
        to.Number((ulong)Decisive.All.Length);
        foreach (var moment in Decisive.All)
        {
            to.Number((ulong)moment.Line);
        }
    }

    /// <summary>What <see cref="Write"/> wrote of the lines of <paramref name="log"/>.</summary>
    internal static EventTally Read(ref IndexReader from, EventLog log)
    {
        var max = log.Count;
        var (lines, invalid, firstInvalid) = (from.Number(max), from.Number(max), from.Number(max));
        return new EventTally
        {
            Lines = lines,
            InvalidLines = invalid,
            FirstInvalidLine = firstInvalid == 0 ? null : firstInvalid,
            Newest = Moment(ref from, log),
            RunStart = Moment(ref from, log),
            IterationStart = Moment(ref from, log),
            RoleAtWork = Moment(ref from, log),
            End = Moment(ref from, log),
            WritesClaims = from.Byte() != 0,
            Decisive = Moments(ref from, log),
        };
    }

    private static EventMoment? Moment(ref IndexReader from, EventLog log) =>
        from.Number(log.Count) is > 0 and var line ? log.Moment(line - 1) : null;

    private static RecentMoments Moments(ref IndexReader from, EventLog log)
    {
        List<EventMoment> moments = [];
        for (var left = from.Number(from.Left); left > 0; left--)
        {
            if (Moment(ref from, log) is { } moment)
            {
                moments.Add(moment);
            }
        }

        return RecentMoments.From(moments);
    }
}
