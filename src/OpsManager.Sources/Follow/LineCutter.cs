namespace OpsManager.Sources.Follow;

/// <summary>
/// Cuts what is read of a file into lines and hands out each when its newline is there. Takes every byte once, however the bytes
/// arrive; a line that never ends costs at most <paramref name="maxLineBytes"/> of memory.
/// </summary>
/// <param name="start">Where the first line starts in the file.</param>
public abstract class LineCutter(long start, int maxLineBytes)
{
    /// <summary>A line that has gone on for so many bytes, 64 MiB, does not end: the file holds no lines.</summary>
    public const long MaxUnendedBytes = 64L * 1024 * 1024;

    /// <summary>The message for such a file.</summary>
    public const string NoLines = "64 MiB of it are one line that does not end, so it holds no rows; move it away";

    private byte[] carry = [];
    private int carried;
    private bool tooLong;
    private long lineStart = start;

    /// <summary>First byte that has not been read.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Whether the file turned out to hold no lines. There is no use in reading on.</summary>
    public bool IsEndless => Position - lineStart > MaxUnendedBytes;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var newline)
        {
            var end = Position + newline + 1;
            End(bytes[..newline], end);
            lineStart = end;
            Position = end;
            bytes = bytes[(newline + 1)..];
        }

        Keep(bytes);
        Position += bytes.Length;
    }

    /// <summary>A line without its newline, which starts at <paramref name="offset"/>.</summary>
    protected abstract void Line(ReadOnlySpan<byte> line, long offset);

    /// <summary>A line of which only the length is known, because it is too long.</summary>
    protected abstract void LongLine(long offset, long length);

    private void End(ReadOnlySpan<byte> rest, long end)
    {
        var length = end - 1 - lineStart;
        if (tooLong || length > maxLineBytes)
        {
            LongLine(lineStart, length);
        }
        else if (carried == 0)
        {
            Line(rest, lineStart);
        }
        else
        {
            Keep(rest);
            Line(carry.AsSpan(0, carried), lineStart);
        }

        (carried, tooLong) = (0, false);
        if (carry.Length > 1024 * 1024)
        {
            carry = [];
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (tooLong || part.IsEmpty)
        {
            return;
        }

        if (carried + part.Length > maxLineBytes)
        {
            (tooLong, carried, carry) = (true, 0, []);
            return;
        }

        if (carried + part.Length > carry.Length)
        {
            Array.Resize(ref carry, Math.Max(4096, Math.Min(maxLineBytes, (carried + part.Length) * 2)));
        }

        part.CopyTo(carry.AsSpan(carried));
        carried += part.Length;
    }
}
