namespace OpsManager.Core.Events;

/// <summary>The iterations of the newest run that has begun one, oldest first, with what its roles and gates took.</summary>
/// <param name="RunId">Null where the events name none.</param>
/// <param name="IsCut">The run began before the rows that were looked at: earlier iterations are missing, and the first may not
/// be whole.</param>
public sealed record IterationSpans(string? RunId, IReadOnlyList<IterationSpan> Iterations, bool IsCut)
{
    public static readonly IterationSpans None = new(null, [], false);

    /// <summary>Looks at the last <paramref name="maxRows"/> of the first <paramref name="count"/> rows.</summary>
    public static IterationSpans From(EventLog log, int count, int maxRows = 20_000)
    {
        var floor = Math.Max(0, count - maxRows);
        var row = count - 1;
        while (row >= floor && log[row].Name is not (KnownEvents.IterationStart
            or KnownEvents.IterationEnd or KnownEvents.RoleStart or KnownEvents.RoleEnd))
        {
            row--;
        }

        if (row < floor)
        {
            return None with { IsCut = floor > 0 || log.IsTail };
        }

        var run = log[row].Run;
        var (first, sawStart) = FirstOf(log, run, row, floor);
        var builder = new SpanBuilder(log);
        for (row = first; row < count; row++)
        {
            if (log[row].Run == run && log[row].IsEvent)
            {
                builder.Add(row);
            }
        }

        return new IterationSpans(log.Words[run], builder.Iterations, !sawStart && first == floor && (floor > 0 || log.IsTail));
    }

    /// <summary>The first row of the run, and whether the run was seen to start.</summary>
    private static (int First, bool SawStart) FirstOf(EventLog log, ushort run, int row, int floor)
    {
        var sawStart = false;
        for (; row >= floor; row--)
        {
            ref readonly var seen = ref log[row];
            if (!KnownEvents.ShowsWork(seen.Name))
            {
                continue;
            }

            if (seen.Run != run)
            {
                return (row + 1, sawStart);
            }

            // A run that was stopped and taken up again has the same id and another start; without an id, a start is another run's.
            sawStart |= seen.Name == KnownEvents.LoopStart;
            if (sawStart && run == WordTable.None)
            {
                return (row, true);
            }
        }

        return (floor, sawStart);
    }
}

/// <summary>One iteration.</summary>
/// <param name="Start">Null where its start was not seen, or has no time.</param>
/// <param name="End">Null while it is open; where its end was not seen, the time of what ended it.</param>
/// <param name="FirstLine">Line number of the first event that belongs to it, from 1.</param>
public sealed record IterationSpan(
    long Number, string? RunId, DateTimeOffset? Start, DateTimeOffset? End, bool IsOpen, int FirstLine, IReadOnlyList<WorkSpan> Spans);

/// <summary>Who or what took a span of an iteration.</summary>
public enum WorkKind
{
    Role,
    Gate,
}

/// <summary>One role at work, or one gate being evaluated.</summary>
/// <param name="Name">The role, or the gate's event without "_start": tests, tests_rerun, validation and so on.</param>
/// <param name="Start">Null where its start was not seen, or has no time. Times are whole seconds.</param>
/// <param name="End">Null while it is open; where its end was not seen, the time of what ended its iteration.</param>
/// <param name="Status">What its end said.</param>
/// <param name="FirstLine">Line number of its start, from 1; of its end where the start was not seen.</param>
public sealed record WorkSpan(
    string Name, WorkKind Kind, DateTimeOffset? Start, DateTimeOffset? End, bool IsOpen, string? Status, int FirstLine);
