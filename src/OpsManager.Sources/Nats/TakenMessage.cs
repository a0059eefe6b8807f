namespace OpsManager.Sources.Nats;

/// <summary>Which message was taken: a stream that was deleted and made again gives its numbers again.</summary>
/// <param name="At">When the server took it.</param>
public sealed record TakenMessage(ulong Sequence, DateTimeOffset At)
{
    /// <summary>Two texts of one time may differ by so much: not every one has all digits.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMicroseconds(10);

    internal static TakenMessage From(FleetMessage message) => new(message.Sequence, message.At);

    /// <summary>Whether the message that now has this number is the same.</summary>
    public bool IsSame(DateTimeOffset at) => (at - At).Duration() < Precision;
}
