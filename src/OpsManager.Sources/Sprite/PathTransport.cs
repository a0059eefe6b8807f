using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Service;
using OpsManager.Core.Fold;
using OpsManager.Sources.Local;

namespace OpsManager.Sources.Sprite;

/// <summary>The sprite's repository as a directory of this host, read as the verbs read it.</summary>
public sealed class PathTransport(IFileSystem files, TimeProvider time, string repo, string traceId) : ILoopTransport
{
    private readonly LoopReader reader = new(files, time, FoldOptions.Default);

    public string Word => "path";

    public bool HandsOutFiles => true;

    public Task<LoopList?> LoopsAsync(CancellationToken cancel) => Fail(() =>
    {
        var names = Files.DiskFiles.Open(files, repo).Directories(ArtifactPaths.Loops).Where(ArtifactPaths.IsLoopId);
        var loops = names.Select(static name => new LoopEntry { LoopId = name, Lifecycle = null, Status = null });
        return Task.FromResult<LoopList?>(new LoopList { SchemaVersion = ContractVersion.V1, TraceId = traceId, RepoPath = repo, Loops = [.. loops] });
    });

    public Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) => Fail(async () =>
    {
        var reading = await reader.ReadAsync(repo, loop, cancel).ConfigureAwait(false);
        return new TaggedSnapshot(LoopExtras.Of(reading).Beside(SnapshotBuilder.Build(reading, traceId)), null);
    });

    public Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel) => Fail(async () =>
    {
        var reading = await reader.ReadAsync(repo, loop, cancel).ConfigureAwait(false);
        var end = EventEnvelopes.Check(reading, cursor, most);
        return new EventPage
        {
            SchemaVersion = ContractVersion.V1,
            TraceId = traceId,
            Source = new SourceRef { RepoPath = repo, LoopId = loop },
            Events = [.. EventEnvelopes.Read(reading, cursor, end, traceId)],
            Cursor = new PageCursor { EventLineOffset = end, EventLineCount = reading.Lines, UpdatedAt = reading.At },
        };
    });

    public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) => Fail(() =>
    {
        var part = new byte[ServiceFiles.MaxBytes];
        return Task.FromResult<ReadOnlyMemory<byte>?>(part.AsMemory(0, Files.DiskFiles.Open(files, repo).ReadAt(LoopExtras.PathOf(ArtifactPaths.CheckedLoopId(loop), name), offset, part)));
    });

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
}
