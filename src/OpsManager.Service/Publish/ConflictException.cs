namespace OpsManager.Service.Publish;

/// <summary>What stands on the bus is not what the log here has there: another sprite publishes under the same name.</summary>
/// <param name="line">The line that differs, from 1; 0 where the message does not say.</param>
/// <param name="other">The id of the process that published it; null where the message does not say.</param>
internal sealed class ConflictException(long line, string? other) : Exception("another sprite publishes under the same name")
{
    public long Line => line;

    public string? Other => other;
}
