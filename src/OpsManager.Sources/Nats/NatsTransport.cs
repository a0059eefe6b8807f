using System.Globalization;
using NATS.Client.Core;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Fleet;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Sources.Sprite;

namespace OpsManager.Sources.Nats;

/// <summary>
/// A sprite by what it has published (docs/fleet.md). Snapshots are those that have come; events come from there too, or from the stream
/// where they are older.
/// </summary>
internal sealed class NatsTransport(NatsSprite sprite) : ILoopTransport
{
    public string Word => WayNames.Nats;

    public bool HandsOutFiles => true;

    /// <summary>That no event follows is asked of the stream, and so counts.</summary>
    public bool CountsBlankLines => false;

    public Task<LoopList?> LoopsAsync(CancellationToken cancel) => Counted<LoopList?>(async () =>
    {
        await sprite.Fleet.SettledAsync(cancel).ConfigureAwait(false);
        Check();
        var loops = sprite.Loops;
        if (loops.Count == 0)
        {
            throw new ContractException(
                FailureCodes.SnapshotUnavailable,
                $"stream {sprite.Fleet.Settings.Stream} has nothing of sprite {sprite.Name}: is ops-manager publish running there?");
        }

        return new LoopList
        {
            SchemaVersion = ContractVersion.V1,
            RepoPath = "",
            Loops = [.. loops.Select(static loop => new LoopEntry
            {
                LoopId = loop.Key, Lifecycle = null, Status = null, SnapshotTag = loop.Value.Snapshot?.Tag,
            })],
        };
    });

    public Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) => Counted(async () =>
    {
        Check();
        var (from, snapshot) = Find(loop);
        if (known == snapshot.Tag)
        {
            return new TaggedSnapshot(null, known);
        }

        var whole = snapshot.Body.IsEmpty ? await NewestAsync(loop, snapshot, cancel).ConfigureAwait(false) : snapshot;
        var read = EnvelopeReader.Snapshot(whole.Body, Where(loop), loop);
        from.WasRead(snapshot);
        from.RepoPath = read.Source.RepoPath;
        return new TaggedSnapshot(read, whole.Tag, whole.Log, whole.From);
    });

    public string? Note(string loop) => sprite.Find(loop)?.Missing is var (first, last)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"lines {first} to {last} of its log are no longer in stream {sprite.Fleet.Settings.Stream}, and are shown as empty")
        : null;

    public Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel) => Counted(async () =>
    {
        var (known, snapshot) = Find(loop);
        var found = known.Behind(snapshot.Log, cursor, snapshot.Lines, most)
            ?? await FetchedAsync(known, snapshot, loop, cursor, most, cancel).ConfigureAwait(false);
        if (found.Count > 0)
        {
            // What is before the first event that the stream has is known to be missing: an event names the one before it.
            known.Missing = found[0].Previous > cursor ? (known.Missing?.First ?? cursor + 1, found[0].Previous) : known.Missing;
            known.WasRead(cursor, found[^1]);
        }

        var where = Where(loop);
        var events = new List<EventEnvelope>(found.Count);
        foreach (var one in found)
        {
            var read = EnvelopeReader.Event(EnvelopeReader.Parse(one.Body, where), where, loop);
            if (read.Sequence.Value != one.Line)
            {
                throw new ContractException(
                    FailureCodes.EventsUnavailable, $"{where}: an event of line {read.Sequence.Value} came as line {one.Line}");
            }

            events.Add(read);
        }

        var end = events.Count > 0 ? events[^1].Sequence.Value : cursor;
        return new EventPage
        {
            SchemaVersion = ContractVersion.V1,
            Source = new SourceRef { RepoPath = "", LoopId = loop },
            Events = EventPageReader.Ordered(events, where, cursor),
            Cursor = new PageCursor { EventLineOffset = end, EventLineCount = Math.Max(end, snapshot.Lines), UpdatedAt = snapshot.At },
        };
    });

    public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) => Counted(async () =>
    {
        var subject = FleetSubject.FileOf(sprite.Name, loop, name);
        var reader = sprite.Fleet.Reader;
        if (await reader.LastAsync(subject, cancel).ConfigureAwait(false) is not { } last)
        {
            return (ReadOnlyMemory<byte>?)null;
        }

        if (last.Number(FleetHeaders.Offset) is { } begins && begins <= offset)
        {
            return Part(await reader.WholeAsync(last, cancel).ConfigureAwait(false), offset);
        }

        var log = last.Text(FleetHeaders.Log);
        var parts = new MessageParts();
        await foreach (var message in reader.FromAsync(subject, 1, cancel).ConfigureAwait(false))
        {
            if (parts.Take(message) is { } whole && whole.Text(FleetHeaders.Log) == log && Part(whole, offset) is { } part)
            {
                return part;
            }

            if (message.Sequence >= last.Sequence)
            {
                break;
            }
        }

        return null;
    });

    /// <summary>What a message has of a file behind an offset; null where it has nothing there.</summary>
    private static ReadOnlyMemory<byte>? Part(FleetMessage? message, long offset) =>
        message is { } whole && whole.Number(FleetHeaders.Offset) is { } begins && begins <= offset && offset < begins + whole.Body.Length
            ? whole.Body[(int)(offset - begins)..]
            : null;

    /// <summary>The newest snapshot of a loop, from the stream: it was read before, and is read once more.</summary>
    private async Task<KeptSnapshot> NewestAsync(string loop, KeptSnapshot known, CancellationToken cancel)
    {
        var reader = sprite.Fleet.Reader;
        return await reader.LastAsync(FleetSubject.Snapshot(sprite.Name, loop), cancel).ConfigureAwait(false) is { } last
            && await reader.WholeAsync(last, cancel).ConfigureAwait(false) is { } whole
            && KeptSnapshot.Read(whole) is { } found
                ? found
                : throw new ContractException(
                    FailureCodes.SnapshotUnavailable, $"{Where(loop)}: the snapshot of {known.At:u} is no longer there");
    }

    /// <summary>From the stream; empty where it has none behind the cursor.</summary>
    private async Task<IReadOnlyList<KeptEvent>> FetchedAsync(
        NatsLoop known, KeptSnapshot snapshot, string loop, long cursor, int most, CancellationToken cancel)
    {
        var sequence = known.SequenceBehind(cursor);
        if (cursor + 1 >= snapshot.From && snapshot.FromSequence > sequence)
        {
            var near = await FetchedAsync(snapshot, loop, snapshot.FromSequence, cursor, most, cancel).ConfigureAwait(false);
            if (near is [var first, ..] && first.Previous <= cursor)
            {
                return near;
            }

            // That is not where they are.
        }

        return await FetchedAsync(snapshot, loop, sequence, cursor, most, cancel).ConfigureAwait(false);
    }

    /// <param name="sequence">Where in the stream to begin.</param>
    private async Task<IReadOnlyList<KeptEvent>> FetchedAsync(
        KeptSnapshot snapshot, string loop, ulong sequence, long cursor, int most, CancellationToken cancel)
    {
        string? log = null;
        var found = new List<KeptEvent>();
        var parts = new MessageParts();
        var all = sprite.Fleet.Reader.FromAsync(FleetSubject.Events(sprite.Name, loop), sequence, cancel);
        await foreach (var message in all.ConfigureAwait(false))
        {
            log = message.Text(FleetHeaders.Log);
            if (parts.Take(message) is { } whole
                && KeptEvent.From(whole) is { } one
                && one.Log == snapshot.Log
                && one.Line > cursor
                && one.Line <= snapshot.Lines
                && (found.Count == 0 || one.Line > found[^1].Line))
            {
                found.Add(one);
            }

            if (found.Count >= most)
            {
                break;
            }
        }

        return found.Count > 0 || log is null || log == snapshot.Log
            ? found
            : throw new ContractException(
                FailureCodes.EventsUnavailable, $"{Where(loop)}: its log was replaced, and the snapshot of the new one has not come yet");
    }

    private void Check()
    {
        if (sprite.Fleet.Fault is { } fault)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"the fleet's stream cannot be read: {fault}");
        }
    }

    private (NatsLoop Loop, KeptSnapshot Snapshot) Find(string loop) =>
        sprite.Find(loop) is { Snapshot: { } snapshot } known
            ? (known, snapshot)
            : throw new ContractException(
                FailureCodes.SnapshotUnavailable,
                $"stream {sprite.Fleet.Settings.Stream} has no snapshot of loop {loop} of {sprite.Name}");

    private string Where(string loop) => $"NATS stream {sprite.Fleet.Settings.Stream}, sprite {sprite.Name}, loop {loop}";

    private async Task<T> Counted<T>(Func<Task<T>> read)
    {
        try
        {
            var result = await read().ConfigureAwait(false);
            sprite.Count(isGood: true);
            return result;
        }
        catch (ContractException error)
        {
            sprite.Count(isGood: ServiceProbe.IsOfLoop(error.Code));
            throw;
        }
        catch (Exception error) when (error is NatsException or TimeoutException or IOException)
        {
            sprite.Count(isGood: false);
            throw new ContractException(
                FailureCodes.ServiceRequestFailed, $"the fleet's stream cannot be read: {NatsClient.Reason(error)}", error);
        }
    }
}
