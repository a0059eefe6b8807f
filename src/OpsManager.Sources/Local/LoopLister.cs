using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>Lists the loops of a repository and where each stands (docs/contract.md, "Service").</summary>
/// <param name="read">Reads one loop, as a verb or as somebody who watches it; who watches knows the tag of its snapshot.</param>
public sealed class LoopLister(string repo, IRepoFiles files, Func<string, Task<(LoopReading Reading, string? Tag)>> read)
{
    /// <exception cref="IOException">The loops cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public async Task<LoopList> ListAsync(string? traceId) => new()
    {
        SchemaVersion = ContractVersion.V1,
        TraceId = traceId,
        RepoPath = repo,
        // All at once: torn files are then waited out together.
        Loops = await Task.WhenAll(LoopDirectories.In(files).Select(EntryAsync)).ConfigureAwait(false),
    };

    private async Task<LoopEntry> EntryAsync(string loop)
    {
        try
        {
            var (reading, tag) = await read(loop).ConfigureAwait(false);
            var verdict = reading.Loop.Verdict;
            return new LoopEntry { LoopId = loop, Lifecycle = verdict.Lifecycle, Display = verdict.Ruling.Display,
                Status = reading.Loop.Projected.Status, SnapshotTag = tag };
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return new LoopEntry { LoopId = loop, Lifecycle = null, Status = null, Fault = error.Message };
        }
    }
}
