using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Local;

/// <summary>
/// Reads one loop once, for the verbs: waits out torn files, and fails closed on everything else (docs/contract.md, "Fail
/// closed").
/// </summary>
public sealed class LoopReader(IFileSystem fileSystem, TimeProvider time, FoldOptions fold)
{
    /// <exception cref="ContractException">A required artifact is missing, invalid or unreadable; the message names it.</exception>
    public Task<LoopReading> ReadAsync(string repo, string loop, CancellationToken cancel = default) =>
        ReadAsync(repo, loop, null, cancel);

    /// <param name="known">What is known of the loop's log; null to read all of it.</param>
    /// <inheritdoc cref="ReadAsync(string, string, CancellationToken)"/>
    public async Task<LoopReading> ReadAsync(string repo, string loop, KnownLog? known, CancellationToken cancel) =>
        await new LoopProbe(fileSystem, time, fold, GuardedFiles.Open(fileSystem, repo), loop, known: known)
            .TakeAsync(cancel)
            .ConfigureAwait(false);
}
