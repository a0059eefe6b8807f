using System.Globalization;
using NATS.Client.Core;
using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>Reads the headers of a message (docs/fleet.md, "Messages"). Who wrote them is unknown, so each is bounded.</summary>
public static class MessageHeaders
{
    /// <summary>Longest header that is read.</summary>
    private const int MaxChars = 256;

    /// <summary>Null where it is absent, or no header of ours could be so.</summary>
    public static string? Text(NatsHeaders? headers, string name) =>
        headers is not null && headers.TryGetLastValue(name, out var value) && value is { Length: > 0 and <= MaxChars } ? value : null;

    /// <summary>Null where it is absent or not a number.</summary>
    public static long? Number(NatsHeaders? headers, string name) =>
        long.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Which part it is, from 1, and of how many; null for a whole message, and where it says nothing that makes sense.</summary>
    public static (int Number, int Count)? Part(NatsHeaders? headers) => Text(headers, FleetHeaders.Part)?.Split('/') is [var one, var all]
        && int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(all, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && number >= 1 && number <= count
            ? (number, count)
            : null;
}
