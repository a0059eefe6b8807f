using System.IO.Abstractions;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Text;
using OpsManager.Control.Storage;

namespace OpsManager.Service.Act;

/// <summary>
/// What was answered to the keys of one loop's controls, on disk: a service that starts again still knows (docs/service.md,
/// "Idempotency").
/// </summary>
internal sealed class IdempotencyFile(IFileSystem files, TimeProvider time, string repo, string loop)
{
    /// <summary>Keys that are kept; of more, the newest.</summary>
    public const int MaxKeys = 256;

    private readonly ManagerFiles kept = new(files, repo, loop);

    /// <summary>What was answered to a key; null where nothing was.</summary>
    /// <exception cref="ContractException">
    /// The file, or what it has of this key, is not what it should be: the key may have been carried out.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public IdempotencyEntry? Find(string key)
    {
        var document = kept.LoadDocument(kept.ServiceIdempotency);
        return IdempotencyEntries.Known(document).GetValueOrDefault(key) is { } entry ? entry
            : IdempotencyEntries.Others(document).Any(other => other.Name == key)
                ? throw new ContractException(
                    FailureCodes.ProjectionFailed,
                    $"{kept.ServiceIdempotency} has the key \"{SafeText.Clean(key)}\" in a form that is not known, so "
                        + "it may have been carried out; look at the run, then use another key")
                : null;
    }

    /// <summary>Keeps an answer.</summary>
    /// <exception cref="ContractException">The file is not what it should be.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public async Task AddAsync(string key, IdempotencyEntry entry)
    {
        using var held = await LoopLock.TakeAsync(files, kept, time, CancellationToken.None).ConfigureAwait(false);
        var before = kept.LoadDocument(kept.ServiceIdempotency);
        var newest = IdempotencyEntries.Known(before).Where(pair => pair.Key != key).OrderBy(static pair => pair.Value.At)
            .TakeLast(MaxKeys - 1);
        var next = new JsonObject();
        foreach (var other in IdempotencyEntries.Others(before).Where(other => other.Name != key).TakeLast(MaxKeys))
        {
            next[other.Name] = JsonNode.Parse(other.Value.GetRawText());
        }

        foreach (var (known, value) in newest.Append(new(key, entry)))
        {
            next[known] = JsonSerializer.SerializeToNode(value, ContractJson.Default.IdempotencyEntry);
        }

        kept.Replace(kept.ServiceIdempotency, next, ContractJson.Default.JsonObject);
    }
}
