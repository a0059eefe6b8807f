using System.Globalization;
using System.Security.Cryptography;
using OpsManager.Contract.Fleet;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Publish;

/// <summary>Publishes one of the files of a loop that only grow: the bytes that are new.</summary>
/// <param name="newId">A new identity, for a file that was cut or replaced.</param>
internal sealed class FilePublisher(GuardedFiles files, string loop, string name, FleetBus bus, SubjectWriter writer, Func<string> newId)
{
    /// <summary>Longest message, where the server takes one so long.</summary>
    private const int MaxBytes = 256 * 1024;

    /// <summary>How much of the end of what was published is compared with the file.</summary>
    private const int MaxTail = 1024;

    private readonly string path = LoopExtras.PathOf(loop, name);
    private FileStamp seen;
    private string? log;
    private byte[] tail = [];

    public string Name => name;

    /// <summary>Bytes that are published.</summary>
    public long Offset { get; private set; }

    /// <exception cref="IOException">The file cannot be read, or was replaced while it was read.</exception>
    /// <exception cref="BusFault">Bytes were not taken, or nothing is known of them.</exception>
    public async Task PublishAsync(CancellationToken cancel)
    {
        var probe = files.Probe(path);
        if (probe.IsMissing || (writer.IsAligned && probe.Stamp == seen && Offset == seen.Size))
        {
            return;
        }

        if (!probe.IsPresent)
        {
            throw new IOException($"{files.Full(path)}: {probe.Fault}");
        }

        do
        {
            await AlignAsync(cancel).ConfigureAwait(false);
            if (log is null || !Holds(probe.Stamp))
            {
                (log, Offset, tail) = (Identity(), 0, []);
            }
        }
        while (!await TrySendAsync(probe.Stamp, cancel).ConfigureAwait(false));

        seen = probe.Stamp;
    }

    private async Task<bool> TrySendAsync(FileStamp stamp, CancellationToken cancel)
    {
        while (Offset < stamp.Size)
        {
            var bytes = new byte[(int)Math.Min(Math.Min(MaxBytes, bus.MaxBody), stamp.Size - Offset)];
            var read = files.ReadAt(path, Offset, bytes);
            if (read < bytes.Length || files.Probe(path).Stamp.Identity != stamp.Identity)
            {
                throw new IOException($"{files.Full(path)} was cut or replaced while it was read; it is read again");
            }

            (string Name, string? Value)[] headers =
            [
                (FleetHeaders.Log, log), (FleetHeaders.Offset, Offset.ToString(CultureInfo.InvariantCulture)),
            ];
            if (!await writer.TrySendAsync(bytes, headers, null, cancel).ConfigureAwait(false))
            {
                return false;
            }

            Offset += read;
            tail = bytes[^Math.Min(MaxTail, read)..];
        }

        return true;
    }

    private async Task AlignAsync(CancellationToken cancel)
    {
        if (writer.IsAligned)
        {
            return;
        }

        (log, Offset, tail) = (null, 0, []);
        if (await writer.LastAsync(cancel).ConfigureAwait(false) is not { } last)
        {
            writer.Align(0);
            return;
        }

        if (last is { Log: { } named, Offset: { } offset, IsPart: false } && offset <= long.MaxValue - last.Body.Length)
        {
            (log, Offset, tail) = (named, offset + last.Body.Length, last.Body);
        }

        writer.Align(last.Sequence);
    }

    /// <summary>Whether the end of what was published is still where it was.</summary>
    private bool Holds(FileStamp stamp)
    {
        if (Offset > stamp.Size)
        {
            return false;
        }

        var found = new byte[tail.Length];
        return files.ReadAt(path, Offset - tail.Length, found) == found.Length && found.AsSpan().SequenceEqual(tail);
    }

    private string Identity() =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{name}\n{newId()}")))[..16];
}
