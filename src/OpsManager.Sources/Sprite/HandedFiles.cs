using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

/// <summary>Reads the files that a way hands out whole: the summary, decisions and usage of a loop.</summary>
internal sealed class HandedFiles(Mirror mirror)
{
    private readonly Dictionary<string, string?> summaries = new(StringComparer.Ordinal);

    /// <summary>Every summary is read again.</summary>
    public void Forget() => summaries.Clear();

    public void Forget(string loop) => summaries.Remove(loop);

    /// <summary>What was read is in the copy.</summary>
    public void Copied(string loop, FileParts files)
    {
        if (files.Summary is { } summary)
        {
            summaries[loop] = summary;
        }
    }

    /// <summary>The files that the service hands out and that have changed. One that could not be had is asked for again.</summary>
    public async Task<FileParts> ReadAsync(
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
}
