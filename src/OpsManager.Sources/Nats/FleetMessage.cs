using System.Globalization;
using NATS.Client.Core;
using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>One message of the stream, as it was kept there (docs/fleet.md, "Messages").</summary>
/// <param name="Sequence">Its number in the stream, from 1.</param>
/// <param name="At">When the server took it, by the server's clock.</param>
internal readonly record struct FleetMessage(
    FleetSubject Subject, ulong Sequence, DateTimeOffset At, NatsHeaders? Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Longest header that is read.</summary>
    private const int MaxHeaderChars = 256;

    /// <summary>Null where it is absent, or no header of ours could be so.</summary>
    public string? Text(string header) =>
        Headers is not null && Headers.TryGetLastValue(header, out var value) && value is { Length: > 0 and <= MaxHeaderChars }
            ? value
            : null;

    /// <summary>Null where it is absent or not a number.</summary>
    public long? Number(string header) =>
        long.TryParse(Text(header), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Which part it is, and of how many; null for a whole message.</summary>
    public (int Number, int Count)? Part => Text(FleetHeaders.Part)?.Split('/') is [var one, var all]
        && int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(all, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && number >= 1 && number <= count
            ? (number, count)
            : null;
}
