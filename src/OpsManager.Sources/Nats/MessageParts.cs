namespace OpsManager.Sources.Nats;

/// <summary>Puts the parts of messages of one subject together. Used by one thread at a time.</summary>
internal sealed class MessageParts
{
    /// <summary>Most bytes of a whole message; more is not kept, and what is missing then is asked for and reported.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private MemoryStream? whole;
    private int next;

    /// <summary>Bytes of what is not whole yet.</summary>
    public long Length => whole?.Length ?? 0;

    /// <summary>Takes the next message of the subject.</summary>
    /// <returns>The whole message, with the headers and the number of its last part; null while parts are missing.</returns>
    public FleetMessage? Take(FleetMessage message)
    {
        if (message.Part is not var (number, count))
        {
            whole = null;
            return message;
        }

        if (number == 1)
        {
            (whole, next) = (new MemoryStream(), 1);
        }

        if (whole is null || number != next || whole.Length + message.Body.Length > MaxBytes)
        {
            whole = null;
            return null;
        }

        whole.Write(message.Body.Span);
        next++;
        if (number < count)
        {
            return null;
        }

        var body = whole.ToArray();
        whole = null;
        return message with { Body = body };
    }
}
