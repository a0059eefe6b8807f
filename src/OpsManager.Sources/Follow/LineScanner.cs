using OpsManager.Core.Events;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Cuts what is read of a log into lines and indexes each when its newline is there. Reads every byte once, however the bytes
/// arrive; a line that never ends costs at most <see cref="EventRowReader.MaxLineBytes"/> of memory.
/// </summary>
public sealed class LineScanner(EventLog log, long start)
{
    private byte[] carry = [];
    private int carried;
    private bool tooLong;
    private long lineStart = start;

    /// <summary>First byte that has not been read.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var newline)
        {
            var end = Position + newline + 1;
            Index(bytes[..newline], end);
            lineStart = end;
            Position = end;
            bytes = bytes[(newline + 1)..];
        }

        Keep(bytes);
        Position += bytes.Length;
    }

    private void Index(ReadOnlySpan<byte> rest, long end)
    {
        var length = end - 1 - lineStart;
        if (tooLong || length > EventRowReader.MaxLineBytes)
        {
            log.Add(EventRowReader.InvalidRow(lineStart, (int)Math.Min(length, int.MaxValue)), end);
        }
        else if (carried == 0)
        {
            log.Add(EventRowReader.Read(rest, lineStart, log.Words), end);
        }
        else
        {
            Keep(rest);
            log.Add(EventRowReader.Read(carry.AsSpan(0, carried), lineStart, log.Words), end);
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

        if (carried + part.Length > EventRowReader.MaxLineBytes)
        {
            (tooLong, carried, carry) = (true, 0, []);
            return;
        }

        if (carried + part.Length > carry.Length)
        {
            Array.Resize(ref carry, Math.Max(4096, Math.Min(EventRowReader.MaxLineBytes, (carried + part.Length) * 2)));
        }

        part.CopyTo(carry.AsSpan(carried));
        carried += part.Length;
    }
}
