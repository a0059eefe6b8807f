namespace OpsManager.Core.Events;

/// <summary>
/// Makes iterations and spans of the rows of one run, row by row. Every row costs the same, whatever the rows before it were.
/// </summary>
internal sealed class SpanBuilder(EventLog log)
{
    private readonly List<Iteration> iterations = [];
    private readonly Dictionary<ushort, (string Stem, bool Starts)?> pairs = [];

    public IReadOnlyList<IterationSpan> Iterations => [.. iterations.Select(static iteration => iteration.Build())];

    public void Add(int row)
    {
        ref readonly var seen = ref log[row];
        var at = Time(seen);
        switch (seen.Name)
        {
            case KnownEvents.IterationStart:
                Begin(seen, row, at);
                break;
            case KnownEvents.IterationEnd:
                From(seen, row, at).Close(at);
                break;
            case KnownEvents.RoleStart:
                From(seen, row, at).Open(WorkKind.Role, Role(seen), at, row);
                break;
            case KnownEvents.RoleEnd:
                From(seen, row, at).End(WorkKind.Role, Role(seen), at, row, Status(seen));
                break;
            default:
                AddOther(seen, row, at);
                break;
        }
    }

    private void AddOther(in EventRow seen, int row, DateTimeOffset? at)
    {
        if (KnownEvents.EndsRun(seen.Name))
        {
            iterations.LastOrDefault()?.Close(at);
        }
        else if (PairOf(seen.Name) is var (stem, starts))
        {
            if (starts)
            {
                From(seen, row, at).Open(WorkKind.Gate, stem, at, row);
            }
            else
            {
                From(seen, row, at).End(WorkKind.Gate, stem, at, row, Status(seen));
            }
        }
    }

    /// <summary>What the name says of a pair; null where it is no gate's.</summary>
    private (string Stem, bool Starts)? PairOf(ushort name)
    {
        if (!pairs.TryGetValue(name, out var pair))
        {
            pair = log.Words[name] is { } text && EventPair.For(text) is { } found && EventPair.IsGate(found.Stem) ? found : null;
            pairs.Add(name, pair);
        }

        return pair;
    }

    private Iteration Begin(in EventRow seen, int row, DateTimeOffset? at)
    {
        iterations.LastOrDefault()?.Close(at);
        iterations.Add(
            new Iteration(Math.Max(0, seen.Iteration), log.Words[seen.Run], seen.Name == KnownEvents.IterationStart ? at : null, row));
        return iterations[^1];
    }

    /// <summary>The iteration a row belongs to: one whose start was not seen begins with it.</summary>
    private Iteration From(in EventRow seen, int row, DateTimeOffset? at) =>
        iterations.Count > 0 && (seen.Iteration < 0 || iterations[^1].Number == seen.Iteration) ? iterations[^1] : Begin(seen, row, at);

    private string Role(in EventRow seen) => log.Words[seen.Role] ?? "role";

    private string? Status(in EventRow seen) => log.Words[seen.Status] ?? log.Words[seen.Detail];

    private static DateTimeOffset? Time(in EventRow seen) => seen.Second == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seen.Second);

    private sealed class Iteration(long number, string? run, DateTimeOffset? start, int firstRow)
    {
        private readonly List<WorkSpan> spans = [];
        private readonly Dictionary<(WorkKind, string), int> newestOpen = [];
        private int open;
        private DateTimeOffset? end;
        private bool isOver;

        public long Number => number;

        public void Open(WorkKind kind, string name, DateTimeOffset? at, int row)
        {
            newestOpen[(kind, name)] = spans.Count;
            spans.Add(new WorkSpan(name, kind, at, null, true, null, row + 1));
            open++;
        }

        public void End(WorkKind kind, string name, DateTimeOffset? at, int row, string? status)
        {
            if (newestOpen.Remove((kind, name), out var span))
            {
                spans[span] = spans[span] with { End = at, IsOpen = false, Status = status };
                open--;
            }
            else
            {
                spans.Add(new WorkSpan(name, kind, null, at, false, status, row + 1));
            }
        }

        /// <summary>The iteration is over, and with it what was open in it.</summary>
        public void Close(DateTimeOffset? at)
        {
            (end, isOver) = isOver ? (end, true) : (at, true);
            if (open == 0)
            {
                return;
            }

            for (var span = 0; span < spans.Count; span++)
            {
                spans[span] = spans[span].IsOpen ? spans[span] with { End = at, IsOpen = false } : spans[span];
            }

            newestOpen.Clear();
            open = 0;
        }

        public IterationSpan Build() => new(number, run, start, end, !isOver, firstRow + 1, spans);
    }
}
