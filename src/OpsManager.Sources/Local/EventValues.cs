using System.Security.Cryptography;
using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Local;

/// <summary>
/// A fingerprint of the first and of the last event as values: spaces and escapes make no difference. For logs that may be written again.
/// </summary>
internal static class EventValues
{
    /// <summary>Of the first <paramref name="lines"/> lines; null where no event is among them.</summary>
    /// <exception cref="Contract.ContractException">The log was cut while it was read.</exception>
    public static LogFingerprint? Take(LoopReading reading, int lines)
    {
        var (first, last) = (0, lines - 1);
        while (first <= last && !reading.Log[first].IsEvent)
        {
            first++;
        }

        while (last > first && !reading.Log[last].IsEvent)
        {
            last--;
        }

        if (first > last)
        {
            return null;
        }

        var (head, end) = (Value(reading, first), Value(reading, last));
        head = head.AsSpan(0, Math.Min(head.Length, LogContinuity.MaxHeadBytes)).ToArray();
        return new LogFingerprint
        {
            EventLineOffset = lines,
            HeadBytes = head.Length,
            HeadSha256 = Digest(head),
            LastLineBytes = end.Length,
            LastLineSha256 = Digest(end),
        };
    }

    /// <summary>The event as our own writer writes it.</summary>
    private static byte[] Value(LoopReading reading, int row)
    {
        using var document = JsonDocument.Parse(JsonText.Mend(EventEnvelopes.Text(LogLines.From(reading), row)));
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            document.RootElement.WriteTo(writer);
        }

        return text.ToArray();
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
