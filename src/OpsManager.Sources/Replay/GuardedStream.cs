using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>
/// A file behind the door, read from start to end; of one that grows meanwhile, what was there when it was looked at.
/// </summary>
internal sealed class GuardedStream(IRepoFiles files, string path, long size) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position { get; set; }

    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        var rest = Math.Max(0, size - Position);
        var count = rest == 0 || buffer.IsEmpty ? 0 : files.ReadAt(path, Position, buffer[..(int)Math.Min(rest, buffer.Length)]);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => size + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
