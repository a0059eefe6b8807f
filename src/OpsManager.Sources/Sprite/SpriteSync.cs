using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Brings the copy of one loop up to what a transport says. A fault in the middle loses nothing and repeats nothing: what was
/// copied counts, the rest is asked for again.
/// </summary>
internal sealed class SpriteSync
{
    private readonly Mirror mirror;
    private readonly MirrorProcesses processes;
    private readonly Lock gate;
    private readonly TimeProvider time;
    private readonly SpriteOptions options;
    private readonly EventPaging paging;
    private readonly OlderEvents older;
    private readonly Dictionary<string, string?> tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> compared = new(StringComparer.Ordinal);
    private readonly HandedFiles handed;
    private Dictionary<string, string>? kept;
    private bool isEnded;

    /// <param name="gate">Held while files are written, so that no reader sees half of a change.</param>
    public SpriteSync(Mirror mirror, MirrorProcesses processes, Lock gate, TimeProvider time, SpriteOptions options)
    {
        (this.mirror, this.processes, this.gate, this.time, this.options) = (mirror, processes, gate, time, options);
        paging = new EventPaging(time, options);
        older = new OlderEvents(mirror, paging, Write);
        handed = new HandedFiles(mirror);
    }

    /// <summary>Gets how far the events of a loop were read, where one page is not enough.</summary>
    public Action<ReadProgress>? Progress { get; set; }

    /// <summary>The line up to which events are copied; null for all of them.</summary>
    public long? UpTo { get; set; }

    /// <summary>Whether the copy of a loop is of that tag, with all lines that are needed.</summary>
    public bool Has(string loop, string tag) => tags.GetValueOrDefault(loop) == tag && !older.IsDue(loop);

    /// <inheritdoc cref="OlderEvents.Want"/>
    public bool Want(string loop) => older.Want(loop);

    /// <inheritdoc cref="OlderEvents.IsDue"/>
    public bool LacksOlder(string loop) => older.IsDue(loop);

    /// <inheritdoc cref="OlderEvents.Fault"/>
    public string? FaultOfOlder(string loop) => older.Fault(loop);

    /// <summary>Whatever was known of answers before is asked for again: by another way, or after a while without one.</summary>
    public void Forget()
    {
        tags.Clear();
        kept?.Clear();
        compared.Clear();
        handed.Forget();
        older.Forget();
    }

    /// <returns>The snapshot that was read, and whether the copy is of its very moment; null where nothing has changed.</returns>
    /// <exception cref="ContractException">It cannot be read, or is not what the contract says.</exception>
    public async Task<Copied?> LoopAsync(ILoopTransport by, string loop, CancellationToken cancel)
    {
        var lacksOlder = older.IsDue(loop);
        var known = lacksOlder ? null : tags.GetValueOrDefault(loop);
        var (snapshot, tag, of, from) = await by.SnapshotAsync(loop, known, cancel).ConfigureAwait(false);
        if (snapshot is null)
        {
            return null;
        }

        if (IsKept(loop, tag) && !lacksOlder)
        {
            return Known(loop, snapshot, tag);
        }

        var log = mirror.Log(loop);
        if (snapshot.Cursor.Lines < log.Lines)
        {
            // An answer may be late, and older than one that was read before it.
            await Task.Delay(options.CatchUp, time, cancel).ConfigureAwait(false);
            (snapshot, tag, of, from) = await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false);
        }

        if (snapshot!.Cursor.Lines < log.Lines || !await StandsAsync(by, loop, log, of, cancel).ConfigureAwait(false))
        {
            Write(() => mirror.SetLogAside(loop));
            older.Forget(loop);
            log = mirror.Log(loop);
        }

        compared.Add(loop);
        var extras = SnapshotExtras.From(snapshot);
        if (extras.Files is not null)
        {
            // A service of ours reads its log once, whatever is asked of it.
            paging.IsFast();
        }

        var count = Math.Min(snapshot.Cursor.Lines, UpTo ?? long.MaxValue);
        older.LeaveOut(loop, log, Math.Min(from, count));
        if (older.IsDue(loop))
        {
            // Before anything new is written: until this round is over, others compare the copy with what was said in the last one.
            await older.ReadAsync(by, loop, cancel).ConfigureAwait(false);
            log = mirror.Log(loop);
        }

        var newest = await EventsAsync(by, loop, log, count, cancel).ConfigureAwait(false);
        var files = await handed.ReadAsync(by, loop, snapshot, extras, cancel).ConfigureAwait(false);
        // Whoever watches the sprite no more writes no more: another may be at the same copy by now.
        cancel.ThrowIfCancellationRequested();
        Write(() => Write(loop, snapshot, extras, log, newest, files, handsOut: by.HandsOutFiles && extras.Files is not null));

        handed.Copied(loop, files);

        if (of is not null)
        {
            mirror.KeepLogIdentity(loop, of);
        }

        lock (gate)
        {
            tags[loop] = files.IsWhole ? tag : null;
        }

        return new Copied(snapshot, extras, files.IsWhole && log.Lines == snapshot.Cursor.Lines);
    }

    /// <summary>Leaves the tags of the copies to the next session. Nothing is written to the copy from here on.</summary>
    public void End()
    {
        lock (gate)
        {
            isEnded = true;
            mirror.Tags.Keep(tags, mirror.SizeOf);
        }
    }

    /// <summary>
    /// Whether an earlier session has left the copy of a loop at that tag. Asked once: what is written later is of this one.
    /// </summary>
    private bool IsKept(string loop, string? tag)
    {
        kept ??= mirror.Tags.Take(mirror.SizeOf);
        return UpTo is null && kept.Remove(loop, out var copied) && copied == tag;
    }

    /// <summary>The files are there; of the processes only what comes beside the snapshot tells.</summary>
    private Copied Known(string loop, SnapshotEnvelope snapshot, string? tag)
    {
        var extras = SnapshotExtras.From(snapshot);
        lock (gate)
        {
            processes.Take(loop, extras);
            tags[loop] = tag;
        }

        return new Copied(snapshot, extras, IsOfOneMoment: true);
    }

    /// <summary>A loop is no longer there: should it come back, it is read from its start.</summary>
    public void Forget(string loop)
    {
        tags.Remove(loop);
        compared.Remove(loop);
        handed.Forget(loop);
        older.Forget(loop);
    }

    /// <summary>Whether the first and the last event that were copied are there still; asked once, and again after a fault.</summary>
    /// <param name="of">Which log it is now; null where the way cannot tell.</param>
    private async Task<bool> StandsAsync(ILoopTransport by, string loop, MirrorLog log, string? of, CancellationToken cancel)
    {
        if (of is not null && mirror.LogIdentity(loop) is { } copied)
        {
            return copied == of;
        }

        if (compared.Contains(loop))
        {
            return true;
        }

        foreach (var known in ((long Number, string Text)?[])[log.First, log.Last])
        {
            if (known is var (number, text))
            {
                var page = await by.EventsAsync(loop, number - 1, 1, cancel).ConfigureAwait(false);
                if (page.Events is not [var one, ..] || one.Sequence.Value != number || !MirrorLog.IsSame(text, one.Event.Raw))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// Copies what is behind the copy, up to <paramref name="count"/> at least. The last page is handed back, to be written
    /// with the rest of its moment.
    /// </summary>
    private async Task<EventPage?> EventsAsync(ILoopTransport by, string loop, MirrorLog log, long count, CancellationToken cancel)
    {
        EventPage? page = null;
        var read = log.Lines;
        while (read < count)
        {
            if (page is not null)
            {
                Write(() => log.Append(page.Events, page.Cursor.EventLineOffset));

                Progress?.Invoke(new ReadProgress(loop, read, count));
            }

            page = await paging.NextAsync(by, loop, read, count, mayPass: UpTo is null, cancel).ConfigureAwait(false);
            read = page.Cursor.EventLineOffset;
        }

        return page;
    }

    /// <summary>Changes the copy, so that no reader sees half of it, and as long as it is ours.</summary>
    private void Write(Action change)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isEnded, this);
            change();
        }
    }

    /// <summary>In the order in which the runtime writes.</summary>
    private void Write(
        string loop, SnapshotEnvelope snapshot, SnapshotExtras extras, MirrorLog log, EventPage? newest, FileParts files, bool handsOut)
    {
        foreach (var (path, offset, bytes) in files.Parts)
        {
            if (offset == 0)
            {
                mirror.Put(path, bytes);
            }
            else
            {
                mirror.Append(path, bytes);
            }
        }

        if (!handsOut)
        {
            Summary(loop, snapshot);
        }

        mirror.Put(ArtifactPaths.Approval(loop), snapshot.Runtime.Approval);
        mirror.Put(ArtifactPaths.Heartbeat(loop), snapshot.Runtime.Heartbeat);
        if (newest is not null)
        {
            log.Append(newest.Events, newest.Cursor.EventLineOffset);
        }

        log.Touch();
        mirror.Put(ArtifactPaths.State, snapshot.Runtime.SuperloopState);
        mirror.Put(ArtifactPaths.ActiveRun, snapshot.Runtime.ActiveRun);
        processes.Take(loop, extras);
    }

    /// <summary>A snapshot alone tells the last entry of the summary, and that one counts.</summary>
    private void Summary(string loop, SnapshotEnvelope snapshot)
    {
        var path = ArtifactPaths.Summary(loop);
        if (!snapshot.Artifacts.RunSummary.Exists || snapshot.Run.Summary is not { ValueKind: JsonValueKind.Object } entry)
        {
            mirror.Remove(path);
            return;
        }

        var updated = snapshot.Health.LastSummaryAt is { } at
            ? $"\"updated_at\":{JsonSerializer.Serialize(at, ContractJson.Default.String)},"
            : "";
        mirror.Put(path, $"{{{updated}\"entries\":[{entry.GetRawText()}]}}");
    }
}
