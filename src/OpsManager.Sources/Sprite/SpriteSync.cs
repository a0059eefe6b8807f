using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>Brings the copy of one loop up to what a transport says. A fault in the middle loses nothing and repeats nothing: what was copied counts, the rest is asked for again.</summary>
/// <param name="gate">Held while files are written, so that nobody looks at half of a change.</param>
public sealed class SpriteSync(Mirror mirror, MirrorProcesses processes, Lock gate, TimeProvider time, SpriteOptions options)
{
    /// <summary>Most lines by which one page may move on: they are kept as empty lines where they hold no event.</summary>
    private const long MostLines = 1_000_000;

    private readonly Dictionary<string, string?> tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> compared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> summaries = new(StringComparer.Ordinal);

    /// <summary>Whether the copy of a loop is of that tag.</summary>
    public bool Has(string loop, string tag) => tags.GetValueOrDefault(loop) == tag;

    /// <summary>Whatever was known of answers before is asked for anew: by another way, or after a while without one.</summary>
    public void Forget()
    {
        tags.Clear();
        compared.Clear();
    }

    /// <returns>The snapshot that the copy was brought to; null where nothing has changed.</returns>
    /// <exception cref="ContractException">It cannot be read, or is not what the contract says.</exception>
    public async Task<SnapshotEnvelope?> LoopAsync(ILoopTransport by, string loop, CancellationToken cancel)
    {
        var (snapshot, tag) = await by.SnapshotAsync(loop, tags.GetValueOrDefault(loop), cancel).ConfigureAwait(false);
        if (snapshot is null)
        {
            return null;
        }

        var log = mirror.Log(loop);
        if (snapshot.Cursor.EventLineCount < log.Lines)
        {
            // An answer may be late, and older than one that was read before it.
            await Task.Delay(options.CatchUp, time, cancel).ConfigureAwait(false);
            (snapshot, tag) = await by.SnapshotAsync(loop, null, cancel).ConfigureAwait(false);
        }

        if (snapshot!.Cursor.EventLineCount < log.Lines || !await StandsAsync(by, loop, log, cancel).ConfigureAwait(false))
        {
            lock (gate)
            {
                mirror.SetLogAside(loop);
            }

            log = mirror.Log(loop);
        }

        compared.Add(loop);
        var newest = await EventsAsync(by, loop, log, snapshot.Cursor.EventLineCount, cancel).ConfigureAwait(false);
        var extras = SnapshotExtras.Of(snapshot);
        var files = await FilesAsync(by, loop, snapshot, extras, cancel).ConfigureAwait(false);
        lock (gate)
        {
            Write(loop, snapshot, extras, log, newest, files, handsOut: by.HandsOutFiles && extras.Files is not null);
        }

        tags[loop] = files is null ? null : tag;
        return snapshot;
    }

    /// <summary>Whether the first and the last event that were copied stand there still; asked once, and again after a fault.</summary>
    private async Task<bool> StandsAsync(ILoopTransport by, string loop, MirrorLog log, CancellationToken cancel)
    {
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

    /// <summary>Copies what is behind the copy, up to <paramref name="count"/> at least. The last page is handed back, to be written with the rest of its moment.</summary>
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
            }

            page = await by.EventsAsync(loop, read, options.PageEvents, cancel).ConfigureAwait(false);
            if (page.Cursor.EventLineOffset <= read || page.Cursor.EventLineOffset - read > MostLines)
            {
                throw new ContractException(FailureCodes.ServiceResponseInvalid, $"the page of events behind line {read} of loop {loop} ends at line {page.Cursor.EventLineOffset}, of {count}");
            }

            read = page.Cursor.EventLineOffset;
        }

        return page;
    }

    /// <summary>The files that the service hands out and that have changed; null where one of them could not be had: it is asked for again.</summary>
    private async Task<List<(string Path, long Offset, ReadOnlyMemory<byte> Bytes)>?> FilesAsync(ILoopTransport by, string loop, SnapshotEnvelope snapshot, SnapshotExtras extras, CancellationToken cancel)
    {
        var found = new List<(string, long, ReadOnlyMemory<byte>)>();
        try
        {
            foreach (var file in (by.HandsOutFiles ? extras.Files : null) ?? [])
            {
                var path = $"{ArtifactPaths.Loop(loop)}/{file.Name}";
                if (file.Name == ServiceFiles.Summary)
                {
                    if (snapshot.Artifacts.RunSummary.Sha256 is { } sha && summaries.GetValueOrDefault(loop) != sha && await WholeAsync(by, loop, file, 0, cancel).ConfigureAwait(false) is { } summary)
                    {
                        found.Add((path, 0, summary));
                        summaries[loop] = sha;
                    }
                }
                else if (file.Name is ServiceFiles.Decisions or ServiceFiles.Usage && mirror.SizeOf(path) is var size && size != file.SizeBytes)
                {
                    var from = size < file.SizeBytes ? size : 0;
                    if (await WholeAsync(by, loop, file, from, cancel).ConfigureAwait(false) is { } more)
                    {
                        found.Add((path, from, more));
                    }
                }
            }
        }
        catch (ContractException)
        {
            // It changed while it was read. The snapshot is good without it, and with no tag kept it is read again.
            return null;
        }

        return found;
    }

    private static async Task<ReadOnlyMemory<byte>?> WholeAsync(ILoopTransport by, string loop, FileEntryRecord file, long from, CancellationToken cancel)
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
    private void Write(string loop, SnapshotEnvelope snapshot, SnapshotExtras extras, MirrorLog log, EventPage? newest, List<(string Path, long Offset, ReadOnlyMemory<byte> Bytes)>? files, bool handsOut)
    {
        foreach (var (path, offset, bytes) in files ?? [])
        {
            if (offset == 0)
            {
                mirror.Put(path, System.Text.Encoding.UTF8.GetString(bytes.Span));
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
        processes.Take(extras);
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

        var updated = snapshot.Health.LastSummaryAt is { } at ? $"\"updated_at\":{JsonSerializer.Serialize(at, ContractJson.Default.String)}," : "";
        mirror.Put(path, $"{{{updated}\"entries\":[{entry.GetRawText()}]}}");
    }
}
