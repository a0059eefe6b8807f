using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The sprite's repository as a directory of this host, read as the verbs read it; of what was read before only what has
/// changed.
/// </summary>
public sealed class PathTransport(IFileSystem files, TimeProvider time, string repo, string traceId) : ILoopTransport, IDisposable
{
    /// <summary>Loops that are remembered: of more, all are looked at again.</summary>
    private const int MaxReadings = 256;

    private readonly Dictionary<string, Known> looks = new(StringComparer.Ordinal);
    private long states;
    private readonly GuardedFiles disk = GuardedFiles.Open(files, repo);

    public string Word => WayNames.Path;

    public bool HandsOutFiles => true;

    public Task<LoopList?> LoopsAsync(CancellationToken cancel) => Fail(() =>
    {
        var names = LoopDirectories.In(disk);
        var loops = names.Select(static name => new LoopEntry { LoopId = name, Lifecycle = null, Status = null });
        return Task.FromResult<LoopList?>(
            new LoopList { SchemaVersion = ContractVersion.V1, TraceId = traceId, RepoPath = repo, Loops = [.. loops] });
    });

    public Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) => Fail(async () =>
    {
        var look = LookAt(loop);
        var reading = await look.Look.TakeAsync(cancel).ConfigureAwait(false);
        var tag = look.TagOf(reading, () => (++states).ToString(CultureInfo.InvariantCulture));
        return known == tag
            ? new TaggedSnapshot(null, tag)
            : new TaggedSnapshot(LoopExtras.From(reading).Beside(SnapshotBuilder.Build(reading, traceId, log: look.Log)), tag);
    });

    public Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel) => Fail(async () =>
    {
        var reading = await LookAt(loop).Look.TakeAsync(cancel).ConfigureAwait(false);
        EventEnvelopes.CheckCursor(reading, cursor);
        return EventPages.From(reading, cursor, most, traceId);
    });

    public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) => Fail(() =>
    {
        var part = new byte[ServiceFiles.MaxBytes];
        return Task.FromResult<ReadOnlyMemory<byte>?>(
            part.AsMemory(0, disk.ReadAt(LoopExtras.PathOf(ArtifactPaths.CheckedLoopId(loop), name), offset, part)));
    });

    public void Dispose() => Forget();

    private Known LookAt(string loop)
    {
        if (!looks.TryGetValue(loop, out var known))
        {
            if (looks.Count >= MaxReadings)
            {
                Forget();
            }

            looks[loop] = known = new Known(
                new LoopProbe(files, time, FoldOptions.Default, disk, loop), new GrowingDigest(disk, ArtifactPaths.Events(loop)));
        }

        return known;
    }

    private void Forget()
    {
        foreach (var known in looks.Values)
        {
            known.Log.Dispose();
        }

        looks.Clear();
    }

    private static async Task<T> Fail<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, error.Message, error);
        }
    }

    /// <summary>What is remembered of one loop.</summary>
    private sealed class Known(LoopProbe look, GrowingDigest log)
    {
        private SnapshotFingerprint? print;
        private string tag = "";

        public LoopProbe Look => look;

        public GrowingDigest Log => log;

        /// <summary>Another one whenever the snapshot would be another one.</summary>
        public string TagOf(LoopReading reading, Func<string> newTag)
        {
            var now = SnapshotFingerprint.From(reading, look.Changes);
            if (print?.IsSame(now) != true)
            {
                (print, tag) = (now, newTag());
            }

            return tag;
        }
    }
}
