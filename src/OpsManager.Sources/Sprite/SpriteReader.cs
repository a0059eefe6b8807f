using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// Reads one loop of a sprite once, for the verbs: what has changed is brought over, and the copy is read as any loop is.
/// </summary>
/// <param name="copy">Where the copy is kept.</param>
public sealed class SpriteReader(
    IFileSystem files, TimeProvider time, FoldOptions fold, ILoopTransport by, string copy, SpriteOptions options)
{
    /// <summary>Gets how far a long log was read, on another thread.</summary>
    public Action<ReadProgress>? Progress { get; init; }

    /// <summary>The line up to which events are read; null for all of them. What was copied before counts all the same.</summary>
    public long? UpTo { get; init; }

    /// <exception cref="ContractException">It cannot be asked, or what it says cannot be relied on.</exception>
    public async Task<LoopReading> ReadAsync(string loop, CancellationToken cancel)
    {
        var processes = new MirrorProcesses();
        var sync = new SpriteSync(new Mirror(files, copy), processes, new Lock(), time, options) { Progress = Progress, UpTo = UpTo };
        var said = await SyncAsync(sync, loop, cancel).ConfigureAwait(false);
        var reading =
            await new LoopProbe(files, time, fold, GuardedFiles.Open(files, copy), loop, processes)
                .TakeAsync(cancel)
                .ConfigureAwait(false);
        // It is of the repository on the sprite, wherever its copy is.
        return reading with { Repo = reading.Repo with { Path = said.Snapshot.Source.RepoPath } };
    }

    /// <summary>Whatever the service says of the loop, it was the service that could not be read.</summary>
    private async Task<Copied> SyncAsync(SpriteSync sync, string loop, CancellationToken cancel)
    {
        try
        {
            return (await sync.LoopAsync(by, loop, cancel).ConfigureAwait(false))!;
        }
        catch (ContractException error) when (error.Code is FailureCodes.SnapshotUnavailable or FailureCodes.EventsUnavailable)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, error.Message, error);
        }
    }
}
