namespace OpsManager.Contract.Text;

/// <summary>Reads a stream of lines without ever holding more than one of them, and none that is too long.</summary>
public static class Utf8Lines
{
    /// <summary>Each line without its newline, with its number from 1. A line is valid until the next one is asked for.</summary>
    /// <param name="name">Of the file, for the message.</param>
    /// <param name="maxBytes">Longest line that is read.</param>
    /// <exception cref="ContractException">A line is longer.</exception>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Read(Stream stream, string name, int maxBytes) =>
        ReadToEnd(stream, name, maxBytes).Select(static line => (line.Number, line.Line));

    /// <summary>The same, and of each line whether its newline was there: the last line of a file that was cut has none.</summary>
    /// <inheritdoc cref="Read"/>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Line, bool HasEnd)> ReadToEnd(Stream stream, string name, int maxBytes)
    {
        var buffer = new byte[Math.Min(maxBytes + 1, 64 * 1024)];
        int start = 0, end = 0, number = 1;
        while (true)
        {
            var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                yield return (number++, buffer.AsMemory(start, newline), true);
                start += newline + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end > maxBytes)
            {
                throw new ContractException(
                    FailureCodes.ServiceResponseInvalid, $"{name}, line {number}: longer than {maxBytes} bytes, so it is not read");
            }

            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min((buffer.Length * 2L) + 1, maxBytes + 1L));
            }

            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                break;
            }

            end += read;
        }

        if (end > start)
        {
            yield return (number, buffer.AsMemory(start, end - start), false);
        }
    }
}
