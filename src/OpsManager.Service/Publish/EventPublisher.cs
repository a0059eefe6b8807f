using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Publish;

/// <summary>Publishes the events of one loop, each line once and in order (docs/fleet.md, "Messages").</summary>
internal sealed class EventPublisher(LoopPlace place, FleetBus bus, SubjectWriter writer, LogPosition position, string publisher)
{
    /// <summary>Lines whose messages are made before they are sent, and their bytes, about.</summary>
    private const int MaxLines = 64;
    private const int MaxBytes = 1024 * 1024;

    private bool hasBegun;

    /// <summary>Whether what the stream has was compared with the log.</summary>
    public bool IsAligned => writer.IsAligned;

    /// <summary>Looks whether the log was cut or replaced since it was published last.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public bool Observe(LoopReading reading)
    {
        if (hasBegun && (position.Line > reading.Lines || !position.Holds(reading.Files)))
        {
            position.Replace();
            return true;
        }

        return false;
    }

    /// <summary>Finds the last line that the stream has, and goes on behind it.</summary>
    /// <exception cref="ConflictException">It is not what the log has there.</exception>
    /// <exception cref="BusFault">The stream cannot be asked.</exception>
    public async Task AlignAsync(LoopReading reading, CancellationToken cancel)
    {
        var last = await writer.LastAsync(cancel).ConfigureAwait(false);
        var identity = LogIdentity.From(reading);
        if (last is null)
        {
            await StartAsync(reading, identity, cancel).ConfigureAwait(false);
        }
        else if (last is { Log: { } log, Line: { } line } && identity?.Find(log) is { } replaced
            && EventLine.IsSame(reading, line, last, publisher))
        {
            position.Find(replaced, log, line, last.IsCutOff ? line - 1 : line, last.Sequence, publisher);
            position.Keep(position.PrintAt(reading, position.Line));
        }
        else if (last.Log is not null && last.Log == position.AckedLog && IsReplaced(reading, last.Log)
            && (last.Line <= position.AckedLine || last.Publisher == publisher || last.Publisher == position.AckedBy))
        {
            // Ours, of the log before this one.
            if (position.Log == last.Log)
            {
                position.Replace();
            }
            else
            {
                position.Restart();
            }
        }
        else
        {
            throw new ConflictException(last.Line ?? 0, last.Publisher);
        }

        writer.Align(last?.Sequence ?? 0);
        hasBegun = true;
    }

    /// <summary>
    /// The log is no longer there: fails where the stream has lines that this publisher does not know to be its own.
    /// </summary>
    /// <exception cref="ConflictException">It has.</exception>
    /// <exception cref="BusFault">The stream cannot be asked.</exception>
    public async Task CheckOwnAsync(CancellationToken cancel)
    {
        if (await writer.LastAsync(cancel).ConfigureAwait(false) is { } last
            && last.Publisher != publisher
            && !(last.Log is not null && last.Log == position.AckedLog && last.Line <= position.AckedLine))
        {
            throw new ConflictException(last.Line ?? 0, last.Publisher);
        }
    }

    /// <summary>Publishes the lines that are new.</summary>
    /// <param name="progressed">Is called after every batch.</param>
    /// <exception cref="ContractException">A line is no event; those before it are published.</exception>
    /// <exception cref="LogMovedException">The log is no longer the one that was read.</exception>
    /// <exception cref="ConflictException">What the stream has is not what the log has there.</exception>
    /// <exception cref="BusFault">A line was not taken, or nothing is known of it.</exception>
    public async Task PublishAsync(LoopReading reading, Action progressed, CancellationToken cancel)
    {
        while (true)
        {
            if (!writer.IsAligned)
            {
                await AlignAsync(reading, cancel).ConfigureAwait(false);
            }

            if (position.Line >= reading.Lines)
            {
                return;
            }

            if (position.Log is null)
            {
                position.Name(LogIdentity.From(reading) ?? throw new LogMovedException());
            }

            var (batch, end, fault) = Batch(reading);
            var print = position.PrintAt(reading, end);
            if (!position.Holds(reading.Files)
                || reading.Files.Probe(ArtifactPaths.Events(place.Loop)).Stamp.Identity != reading.Loop.EventsStamp?.Identity)
            {
                throw new LogMovedException();
            }

            if (await TrySendAsync(reading, batch, end, cancel).ConfigureAwait(false))
            {
                position.Keep(print);
                progressed();
                if (fault is not null)
                {
                    throw fault;
                }
            }
        }
    }

    private (List<(long Line, byte[] Body)> Batch, long End, ContractException? Fault) Batch(LoopReading reading)
    {
        var batch = new List<(long Line, byte[] Body)>();
        var (line, bytes) = (position.Line, 0L);
        try
        {
            while (line < reading.Lines && batch.Count < MaxLines && bytes < MaxBytes)
            {
                EventEnvelopes.Check(reading, line, 1);
                if (reading.Log[(int)line].IsEvent)
                {
                    var body = EventLine.Body(reading, line + 1, publisher);
                    batch.Add((line + 1, body));
                    bytes += body.Length;
                }

                line++;
            }
        }
        catch (ContractException error)
        {
            return (batch, line, error);
        }

        return (batch, line, null);
    }

    private async Task<bool> TrySendAsync(
        LoopReading reading, List<(long Line, byte[] Body)> batch, long end, CancellationToken cancel)
    {
        foreach (var (line, body) in batch)
        {
            (string Name, string? Value)[] headers =
            [
                (FleetHeaders.Log, position.Log), (FleetHeaders.Line, line.ToString(CultureInfo.InvariantCulture)),
                (FleetHeaders.Previous, Previous(reading, line).ToString(CultureInfo.InvariantCulture)),
            ];
            var before = writer.LastSequence;
            if (!await writer.TrySendAsync(body, headers, place.IdOf(position.Log!, line), cancel).ConfigureAwait(false))
            {
                return false;
            }

            position.Acknowledge(line, before, writer.LastSequence, publisher);
        }

        position.Pass(end);
        return true;
    }

    /// <summary>The line of the event before a line; 0 where there is none.</summary>
    private static long Previous(LoopReading reading, long line)
    {
        var before = line - 1;
        while (before > 0 && !reading.Log[(int)before - 1].IsEvent)
        {
            before--;
        }

        return before;
    }

    /// <summary>The stream has no line of the loop: none was published, they are too old, or it was made again.</summary>
    private async Task StartAsync(LoopReading reading, LogIdentity? identity, CancellationToken cancel)
    {
        if (position.Line > reading.Lines || !position.Holds(reading.Files))
        {
            position.Replace();
        }

        var isKnown = position.AckedSequence > 0 && identity is not null && position.Log == identity.Of(position.Replaced);
        if (!isKnown || await bus.FirstSequenceAsync(cancel).ConfigureAwait(false) is not { } first || position.AckedSequence >= first)
        {
            position.Restart();
        }
    }

    /// <summary>Whether the log that the last acknowledged line is of is no longer there.</summary>
    private bool IsReplaced(LoopReading reading, string log) =>
        position.Log != log || position.Line > reading.Lines || !position.Holds(reading.Files);
}
