using System.Globalization;
using System.IO.Compression;
using OpsManager.Contract;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Reads a recording's bytes from its start to its end, unpacked where it was packed with gzip, and never more of them than
/// <see cref="MaxBytes"/>: a small file may unpack to anything.
/// </summary>
internal sealed class RecordingStream : Stream
{
    /// <summary>Bytes of a recording, packed or not, that are read at most.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    /// <summary>So little is unpacked in one go that what comes before some damage is read.</summary>
    private const int MaxUnpacked = 4096;

    private readonly string name;
    private readonly Stream inner;
    private readonly long maxBytes;
    private long read;

    private RecordingStream(string name, Stream inner, bool isPacked, long maxBytes) =>
        (this.name, this.inner, IsPacked, this.maxBytes) = (name, inner, isPacked, maxBytes);

    /// <summary>Whether it was packed with gzip.</summary>
    public bool IsPacked { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <summary>A recording of <paramref name="size"/> bytes as it is stored, which <paramref name="open"/> opens.</summary>
    /// <param name="name">As messages name it.</param>
    /// <exception cref="ContractException">It is too large; this is known before anything is read.</exception>
    public static RecordingStream Open(string name, long size, Func<Stream> open, long maxBytes = MaxBytes)
    {
        if (size > maxBytes)
        {
            throw new ContractException("recording_too_large",
                $"{name} has {Mebibytes(size)}, and at most {Mebibytes(maxBytes)} are read; make it shorter, or pack less into it");
        }

        var stored = open();
        var magic = new byte[2];
        var isPacked = stored.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        stored.Position = 0;
        return new(name, isPacked ? new GZipStream(stored, CompressionMode.Decompress) : stored, isPacked, maxBytes);
    }

    public static string Mebibytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(bytes + (1024 * 1024) - 1) / (1024 * 1024)} MiB");

    /// <exception cref="ContractException">It unpacks to more than is read.</exception>
    /// <exception cref="InvalidDataException">It was packed, and was cut or is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(IsPacked && buffer.Length > MaxUnpacked ? buffer[..MaxUnpacked] : buffer);
        read += count;
        return read <= maxBytes ? count : throw new ContractException("recording_too_large",
            $"{name} unpacks to more than {Mebibytes(maxBytes)}, which is all that is read; make it shorter, or pack less into it");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
