using System.Security.Cryptography;
using OpsManager.Contract.Fleet;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Publish;

/// <summary>Publishes one of the files of a loop that are replaced as a whole, whenever its text is another one.</summary>
internal sealed class WholeFilePublisher(GuardedFiles files, string loop, string name, SubjectWriter writer)
{
    private readonly string path = LoopExtras.PathOf(loop, name);
    private FileStamp seen;
    private string? tag;

    public string Name => name;

    /// <summary>Bytes that are published.</summary>
    public long Size { get; private set; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BusFault">It was not taken, or nothing is known of it.</exception>
    public async Task PublishAsync(CancellationToken cancel)
    {
        var probe = files.Probe(path);
        if (probe.IsMissing || (writer.IsAligned && probe.IsPresent && probe.Stamp == seen) || files.Read(path) is not { } text)
        {
            return;
        }

        var now = Convert.ToHexStringLower(SHA256.HashData(text));
        do
        {
            if (!writer.IsAligned)
            {
                var last = await writer.LastAsync(cancel).ConfigureAwait(false);
                tag = last?.IsCutOff == false ? last.Tag : null;
                writer.Align(last?.Sequence ?? 0);
            }
        }
        while (tag != now && !await writer
            .TrySendAsync(text, [(FleetHeaders.Tag, now), (FleetHeaders.Offset, "0")], null, cancel).ConfigureAwait(false));

        (tag, seen, Size) = (now, probe.Stamp, text.Length);
    }
}
