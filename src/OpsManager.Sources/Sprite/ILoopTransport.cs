using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// A way to v1 envelopes of a repository that is elsewhere. Every fault is a <see cref="Contract.ContractException"/>.
/// </summary>
public interface ILoopTransport
{
    /// <summary>In a word: service, nats, path or command.</summary>
    string Word { get; }

    /// <summary>Whether <see cref="FileAsync"/> gives any.</summary>
    bool HandsOutFiles { get; }

    /// <summary>Whether it may need long for each event, so that pages are to be small at first.</summary>
    bool MayBeSlow => false;

    /// <summary>Whether a page of events says where it ends though its last lines hold no event.</summary>
    bool CountsBlankLines => true;

    /// <summary>The loops that exist; null where this transport does not list them, so that config.yaml has to.</summary>
    Task<LoopList?> LoopsAsync(CancellationToken cancel);

    /// <summary>The snapshot of a loop, and its tag; no snapshot where nothing has changed since <paramref name="known"/>.</summary>
    Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel);

    /// <summary>The events behind a cursor. Their numbers rise, and lie behind it.</summary>
    Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel);

    /// <summary>The same, asked once. Null where no answer came in time: fewer events may.</summary>
    async Task<EventPage?> TryEventsAsync(string loop, long cursor, int most, CancellationToken cancel) =>
        await EventsAsync(loop, cursor, most, cancel).ConfigureAwait(false);

    /// <summary>What the operator must know of a loop though it was read well; null where there is nothing.</summary>
    string? Note(string loop) => null;

    /// <summary>A part of one of <see cref="ServiceFiles.Names"/>; null where this way hands out no files.</summary>
    Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel);
}

/// <param name="Snapshot">Null where nothing has changed.</param>
/// <param name="Tag">Null where there is none.</param>
/// <param name="Log">Which log it is of: another word after that was cut or replaced; null where this way cannot tell.</param>
/// <param name="From">The first line of the log that it rests on; 1 where this way cannot tell.</param>
public readonly record struct TaggedSnapshot(SnapshotEnvelope? Snapshot, string? Tag, string? Log = null, long From = 1);
