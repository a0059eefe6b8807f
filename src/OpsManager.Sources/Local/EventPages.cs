using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Local;

/// <summary>Cuts a loop's events into pages (docs/contract.md, "Service").</summary>
public static class EventPages
{
    /// <summary>Lines of a page by default.</summary>
    public const int DefaultEvents = 500;

    /// <summary>Most lines of a page.</summary>
    public const int MaxEvents = 5000;

    /// <summary>Text of a page, about; one line may be longer.</summary>
    private const long MaxText = 4 * 1024 * 1024;

    /// <summary>What an envelope adds to its line, which is in it twice: its data alone, and whole.</summary>
    private const int Envelope = 512;

    /// <summary>The page behind <paramref name="cursor"/>.</summary>
    /// <param name="cursor">
    /// Lines handed out so far; not beyond the end (<see cref="EventEnvelopes.CheckCursor(LoopReading, long)"/>).
    /// </param>
    /// <exception cref="ContractException">A line of it is no event.</exception>
    public static EventPage From(LoopReading reading, long cursor, int maxEvents, string? traceId)
    {
        var most = (int)Math.Min(reading.Lines, cursor + Math.Min(maxEvents, MaxEvents));
        var (end, text) = ((int)cursor, 0L);
        while (end < most && (text == 0 || text + Cost(reading, end) <= MaxText))
        {
            text += Cost(reading, end++);
        }

        EventEnvelopes.Check(reading, cursor, end - (int)cursor);
        return new EventPage
        {
            SchemaVersion = ContractVersion.V1,
            TraceId = traceId,
            Source = new SourceRef { RepoPath = reading.Repo.Path, LoopId = reading.Loop.Id },
            Events = [.. EventEnvelopes.Read(reading, cursor, end, traceId)],
            Cursor = new PageCursor { EventLineOffset = end, EventLineCount = reading.Lines, UpdatedAt = reading.At },
        };
    }

    private static long Cost(LoopReading reading, int row) => (2L * reading.Log[row].Length) + Envelope;
}
