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
/// <param name="gate">Held while files are written, so that no reader sees half of a change.</param>
internal sealed class SpriteSync(Mirror mirror, MirrorProcesses processes, Lock gate, TimeProvider time, SpriteOptions options)
{
    /// <summary>Most lines by which one page may move on: they are kept as empty lines where they hold no event.</summary>
    private const long MaxLines = 1_000_000;

    private readonly EventPaging paging = new(time, options);
    private readonly Dictionary<string, string?> tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> compared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> summaries = new(StringComparer.Ordinal);

    /// <summary>Gets how far the events of a loop were read, where one page is not enough.</summary>
    public Action<ReadProgress>? Progress { get; set; }

    /// <summary>The line up to which events are copied; null for all of them.</summary>
    public long? UpTo { get; set; }

    /// <summary>Whether the copy of a loop is of that tag.</summary>
    public bool Has(string loop, string tag) => tags.GetValueOrDefault(loop) == tag;

    /// <summary>Whatever was known of answers before is asked for again: by another way, or after a while without one.</summary>
    public void Forget()
    {
        tags.Clear();
        compared.Clear();
        summaries.Clear();
    }

    /// <returns>The snapshot that was read, and whether the copy is of its very moment; null where nothing has changed.</returns>
    /// <exception cref="ContractException">It cannot be read, or is not what the contract says.</exception>
    public async Task<Copied?> LoopAsync(ILoopTransport by, string loop, CancellationToken cancel)
    {
        var (snapshot, tag, of) = await by.SnapshotAsync(loop, tags.GetValueOrDefault(loop), cancel).ConfigureAwait(false);
        if (snapshot is null)
        {
            return null;
        }

        var log = mirror.Log(loop);
        if (snapshot.Cursor.Lines < log.Lines)
        {
            // An answer may be late, and older than one that was read before it.
            await Task.Delay(options.CatchUp, time, cancel).ConfigureAwait(false);
            (snapshot, tag, of) = await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false);
        }

        if (snapshot!.Cursor.Lines < log.Lines || !await StandsAsync(by, loop, log, of, cancel).ConfigureAwait(false))
        {
            lock (gate)
            {
                mirror.SetLogAside(loop);
            }

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
        var newest = await EventsAsync(by, loop, log, count, cancel).ConfigureAwait(false);
        var files = await FilesAsync(by, loop, snapshot, extras, cancel).ConfigureAwait(false);
        // Whoever watches the sprite no more writes no more: another may be at the same copy by now.
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            Write(loop, snapshot, extras, log, newest, files, handsOut: by.HandsOutFiles && extras.Files is not null);
        }

        if (files.Summary is { } summary)
        {
            summaries[loop] = summary;
        }

        if (of is not null)
        {
            mirror.KeepLogIdentity(loop, of);
        }

        tags[loop] = files.IsWhole ? tag : null;
        return new Copied(snapshot, files.IsWhole && log.Lines == snapshot.Cursor.Lines);
    }

    /// <summary>A loop is no longer there: should it come back, it is read from its start.</summary>
    public void Forget(string loop)
    {
        tags.Remove(loop);
        compared.Remove(loop);
        summaries.Remove(loop);
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
                lock (gate)
                {
                    log.Append(page.Events, page.Cursor.EventLineOffset);
                }

                Progress?.Invoke(new ReadProgress(loop, read, count));
            }

            page = await paging.NextAsync(by, loop, read, UpTo is null ? long.MaxValue : count - read, cancel).ConfigureAwait(false);
            if (page.Events.Count == 0 && !by.CountsBlankLines)
            {
                // Behind the cursor there are lines that hold no event, and it cannot say so.
                page = page with { Cursor = page.Cursor with { EventLineOffset = count, EventLineCount = count } };
            }

            if (page.Cursor.EventLineOffset <= read || page.Cursor.EventLineOffset - read > MaxLines)
            {
                throw new ContractException(
                    FailureCodes.ServiceResponseInvalid,
                    $"the page of events after line {read} of loop {loop} ends at line {page.Cursor.EventLineOffset}, of {count}");
            }

            read = page.Cursor.EventLineOffset;
        }

        return page;
    }

    /// <summary>The files that the service hands out and that have changed. One that could not be had is asked for again.</summary>
    private async Task<FileParts> FilesAsync(
        ILoopTransport by, string loop, SnapshotEnvelope snapshot, SnapshotExtras extras, CancellationToken cancel)
    {
        var found = new List<FilePart>();
        string? summarySha = null;
        try
        {
            foreach (var file in (by.HandsOutFiles ? extras.Files : null) ?? [])
            {
                var path = $"{ArtifactPaths.Loop(loop)}/{file.Name}";
                if (file.Name == ServiceFiles.Summary)
                {
                    if (snapshot.Artifacts.RunSummary.Sha256 is { } sha
                        && summaries.GetValueOrDefault(loop) != sha
                        && await WholeAsync(by, loop, file, 0, cancel).ConfigureAwait(false) is { } summary)
                    {
                        found.Add(new(path, 0, summary));
                        summarySha = sha;
                    }
                }
                else if (file.Name is ServiceFiles.Decisions or ServiceFiles.Usage
                    && mirror.SizeOf(path) is var size
                    && size != file.SizeBytes)
                {
                    var from = size < file.SizeBytes ? size : 0;
                    if (await WholeAsync(by, loop, file, from, cancel).ConfigureAwait(false) is { } more)
                    {
                        found.Add(new(path, from, more));
                    }
                }
            }
        }
        catch (ContractException)
        {
            // It changed while it was read. The rest is good without it, and with no tag kept it is read again.
            return new(found, summarySha, IsWhole: false);
        }

        // What was handed out may be younger than the snapshot.
        var isOfIt = summarySha is null || Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            found.Find(static part => part.Path.EndsWith(ServiceFiles.Summary, StringComparison.Ordinal)).Bytes.Span)) == summarySha;
        return new(found, isOfIt ? summarySha : null, isOfIt);
    }

    private static async Task<ReadOnlyMemory<byte>?> WholeAsync(
        ILoopTransport by, string loop, FileEntryRecord file, long from, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        while (from + whole.Length < file.SizeBytes && whole.Length <= Files.BoundedRead.MaxArtifactBytes)
        {
            if (await by.FileAsync(loop, file.Name, from + whole.Length, cancel).ConfigureAwait(false) is not { Length: > 0 } part)
            {
                return null;
            }

            whole.Write(part.Span);
        }

        return whole.ToArray();
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

    private readonly record struct FilePart(string Path, long Offset, ReadOnlyMemory<byte> Bytes);

    /// <param name="Summary">SHA-256 of a summary that was read; null where none was.</param>
    /// <param name="IsWhole">All that has changed was read, and is of the snapshot's moment as far as that can be told.</param>
    private readonly record struct FileParts(List<FilePart> Parts, string? Summary, bool IsWhole);
}

/// <summary>What was copied of a loop.</summary>
/// <param name="IsOfOneMoment">The copy is what the snapshot speaks of, no more and no less.</param>
internal sealed record Copied(SnapshotEnvelope Snapshot, bool IsOfOneMoment);
