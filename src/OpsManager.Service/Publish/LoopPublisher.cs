using System.Text.Json;
using NATS.Client.Core;
using OpsManager.Contract;
using OpsManager.Contract.Fleet;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Control.Storage;
using OpsManager.Service.Watch;

namespace OpsManager.Service.Publish;

/// <summary>Publishes one loop: files, then events, then the snapshot that speaks of them. One call at a time.</summary>
internal sealed class LoopPublisher
{
    /// <summary>Looks at a log that is replaced while it is published, before it is left for later.</summary>
    private const int MaxLooks = 5;

    private readonly LoopPlace place;
    private readonly PublishWorld world;
    private readonly LoopWatchers watchers;
    private LoopWatcher? watcher;
    private readonly PublishStore store;
    private readonly LogPosition position;
    private readonly EventPublisher events;
    private readonly SnapshotPublisher snapshot;
    private readonly LoopFilesPublisher files;
    private readonly LoopGlance glance;
    private LoopState? published;
    private PublisherNote? note;
    private bool isUnsaved;

    /// <exception cref="IOException">The outbox cursor cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public LoopPublisher(LoopPlace place, PublishWorld world, LoopWatchers watchers)
    {
        (this.place, this.world, this.watchers) = (place, world, watchers);
        store = new PublishStore(new ManagerFiles(world.FileSystem, world.Files.Root, place.Loop), place.Loop, place.Events, world.Time);
        position = new LogPosition(place.Loop, store.Load());
        events = new EventPublisher(place, world.Bus, Writer(place.Events), position, world.Publisher);
        snapshot = new SnapshotPublisher(Writer(place.Snapshot), world.Publisher);
        files = new LoopFilesPublisher(place, world);
        glance = new LoopGlance(world.Files, place.Loop);
    }

    public string Loop => place.Loop;

    /// <summary>Another sprite publishes it under the same name: this one no longer does.</summary>
    public bool HasConflict { get; private set; }

    /// <summary>Whether its process or the time alone may change what is said of it.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Why it could not be read or was refused the last time; null where all of it is published.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether its files look other than at the last call; cheap.</summary>
    public bool HasChanged() => glance.HasChanged();

    /// <summary>Publishes what is new.</summary>
    /// <exception cref="BusFault">Something was not taken; what comes after it is not sent.</exception>
    public async Task PublishAsync(CancellationToken cancel)
    {
        if (HasConflict)
        {
            await SendNoteAsync(cancel).ConfigureAwait(false);
            return;
        }

        try
        {
            await LookAsync(cancel).ConfigureAwait(false);
        }
        catch (ConflictException conflict)
        {
            Stop(conflict);
            await SendNoteAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            (Fault, published) = (error.Message, null);
        }

        Tell();
        SaveIfDue();
    }

    /// <summary>Says that the loop is gone.</summary>
    /// <exception cref="BusFault">It was not taken.</exception>
    public async Task PublishGoneAsync(CancellationToken cancel)
    {
        if (HasConflict)
        {
            return;
        }

        try
        {
            await events.CheckOwnAsync(cancel).ConfigureAwait(false);
            await snapshot.PublishGoneAsync(cancel).ConfigureAwait(false);
            (published, Fault, IsActive, isUnsaved) = (null, null, false, true);
        }
        catch (ConflictException conflict)
        {
            Stop(conflict);
            await SendNoteAsync(cancel).ConfigureAwait(false);
        }

        Tell();
        Save();
    }

    /// <summary>Writes the outbox cursor where it has changed, and was not written a moment ago.</summary>
    public void SaveIfDue()
    {
        if (isUnsaved && store.IsDue)
        {
            Save();
        }
    }

    /// <summary>Writes the outbox cursor where it has changed.</summary>
    public void Save()
    {
        if (!isUnsaved || HasConflict)
        {
            return;
        }

        try
        {
            store.Save(Cursor());
            isUnsaved = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is only a help: the stream tells the same at the next start.
            world.Notes.Begin($"cursor {Loop}", $"The outbox cursor of loop {Loop} cannot be written: {error.Message}");
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        for (var looks = 1; looks <= MaxLooks; looks++)
        {
            watcher ??= watchers.For(Loop);
            var sight = await watcher.LookAsync().WaitAsync(cancel).ConfigureAwait(false);
            IsActive = sight.Reading.Loop.Verdict.Lifecycle is Lifecycle.Running or Lifecycle.AwaitingApproval;
            if (sight.State == published)
            {
                return;
            }

            try
            {
                Fault = await PublishAsync(sight, cancel).ConfigureAwait(false);
                published = sight.State;
                return;
            }
            catch (LogMovedException)
            {
                // The next look sees the log that is there now.
            }
        }

        throw new IOException($"{world.Files.Full(ArtifactPaths.Events(Loop))} is cut or replaced all the time; it is read again later");
    }

    /// <returns>What could not be read; null where all of it was published.</returns>
    private async Task<string?> PublishAsync(LoopSight sight, CancellationToken cancel)
    {
        string? fault = null;
        SnapshotBody? body = null;
        try
        {
            body = await watcher!.SnapshotAsync(sight).WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (ContractException error)
        {
            fault = error.Message;
        }

        // Before anything is sent: nothing of a sprite with the same name is mixed with ours.
        isUnsaved |= events.Observe(sight.Reading);
        if (!events.IsAligned)
        {
            await events.AlignAsync(sight.Reading, cancel).ConfigureAwait(false);
            isUnsaved = true;
            Save();
        }

        fault = await files.PublishAsync(cancel).ConfigureAwait(false) ?? fault;
        try
        {
            await events.PublishAsync(sight.Reading, Progressed, cancel).ConfigureAwait(false);
        }
        catch (ContractException error)
        {
            fault = error.Message;
        }

        if (body is not null)
        {
            var before = snapshot.Tag;
            await snapshot.PublishAsync(body, sight.Reading, position, cancel).ConfigureAwait(false);
            isUnsaved |= before != snapshot.Tag;
        }

        return fault;
    }

    private void Progressed()
    {
        isUnsaved = true;
        SaveIfDue();
    }

    private void Tell()
    {
        if (Fault is { } fault)
        {
            world.Notes.Say($"loop {Loop}", HasConflict ? fault : $"Loop {Loop} is not published whole: {fault}");
        }
        else
        {
            world.Notes.End($"loop {Loop}", $"Loop {Loop} is published again.");
        }
    }

    private void Stop(ConflictException conflict)
    {
        (HasConflict, IsActive) = (true, false);
        Fault = $"Loop {Loop} is published as {place.Sprite} by another sprite too: line {conflict.Line} in the stream is not what "
            + $"the log here has. This sprite no longer publishes it; give it a name of its own with {FlagNames.Sprite}.";
        note = new PublisherNote
        {
            Conflict = new PublisherConflict(Loop, conflict.Line, world.Publisher, conflict.Other, world.Time.GetUtcNow()),
        };
    }

    /// <summary>Says on the bus, once, that the loop is not published.</summary>
    private async Task SendNoteAsync(CancellationToken cancel)
    {
        if (note is not { } unsent)
        {
            return;
        }

        await world.Bus.PublishAsync(
            place.Publisher, JsonSerializer.SerializeToUtf8Bytes(unsent, ContractJson.Default.PublisherNote),
            new NatsHeaders { [FleetHeaders.Publisher] = world.Publisher }, cancel).ConfigureAwait(false);
        note = null;
    }

    private PublishCursor Cursor() => new()
    {
        SchemaVersion = ContractVersion.V1,
        LoopId = Loop,
        Subject = place.Events,
        Publisher = world.Publisher,
        UpdatedAt = world.Time.GetUtcNow(),
        Log = position.AckedLog,
        Replaced = position.Replaced,
        EventLineOffset = position.AckedLine,
        ByteOffset = position.Bytes,
        Fingerprint = position.Print,
        Sequence = position.AckedSequence,
        SnapshotTag = snapshot.Tag,
        Marks = [.. position.Marks.All],
        Files = files.Published(),
    };

    private SubjectWriter Writer(string subject) => new(world.Bus, subject, world.Publisher);
}
