using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Service;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Local;

/// <summary>Lists the loops of a repository with their lifecycles (docs/contract.md, "Service").</summary>
/// <param name="read">Reads one loop, as a verb or as somebody who watches it; who watches knows the tag of its snapshot.</param>
/// <param name="processes">Where runs without a directory are searched for.</param>
public sealed class LoopLister(
    string repo, IRepoFiles files, IProcessTable processes, Func<string, Task<(LoopReading Reading, string? Tag)>> read)
{
    /// <exception cref="IOException">The loops cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public async Task<LoopList> ListAsync(string? traceId) => new()
    {
        SchemaVersion = ContractVersion.V1,
        TraceId = traceId,
        RepoPath = repo,
        // All at once: torn files are then waited out together.
        Loops = [.. (await Task.WhenAll(Named().Select(EntryAsync)).ConfigureAwait(false)).OfType<LoopEntry>()],
    };

    /// <summary>The loops that have a directory, and those that a run is at work on whether or not they have.</summary>
    private IEnumerable<string> Named()
    {
        var found = LoopDirectories.In(files);
        return found
            .Concat(RunningLoops().Where(ArtifactPaths.IsLoopId).Except(found, StringComparer.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>By active-run.json, by state.json, and by the command lines of processes.</summary>
    private IEnumerable<string> RunningLoops()
    {
        if (new ArtifactFollower<ActiveRun>(files, ArtifactPaths.ActiveRun, ActiveRun.Parse).Look(default)?.Value?.LoopId is { } claimed)
        {
            yield return claimed;
        }

        if (new ArtifactFollower<RuntimeState>(files, ArtifactPaths.State, RuntimeState.Parse).Look(default)?.Value is
            {
                Active: true,
                CurrentLoopId: { } active
            })
        {
            yield return active;
        }

        foreach (var loop in processes.RunningLoops())
        {
            yield return loop;
        }
    }

    private async Task<LoopEntry?> EntryAsync(string loop)
    {
        try
        {
            var (reading, tag) = await read(loop).ConfigureAwait(false);
            var verdict = reading.Loop.Verdict;
            return new LoopEntry
            {
                LoopId = loop,
                Lifecycle = verdict.Lifecycle,
                Display = verdict.Ruling.Display,
                Status = reading.Loop.Projected.Status,
                SnapshotTag = tag
            };
        }
        catch (LoopVanishedException lost)
        {
            var ruling = lost.Loop.Verdict.Ruling;
            return new LoopEntry
            {
                LoopId = loop,
                Lifecycle = ruling.Lifecycle,
                Display = ruling.Display,
                Status = null,
                Fault = lost.Message
            };
        }
        catch (Exception error) when (error is ContractException or IOException && files.Probe(ArtifactPaths.Loop(loop)).IsMissing)
        {
            // A file names a loop that is not there, and no process runs it: it was deleted.
            return null;
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return new LoopEntry { LoopId = loop, Lifecycle = null, Status = null, Fault = error.Message };
        }
    }
}
