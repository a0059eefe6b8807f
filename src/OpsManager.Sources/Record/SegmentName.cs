using System.Globalization;

namespace OpsManager.Sources.Record;

/// <summary>The name of a segment. Names in their order are segments in the order in which they were recorded.</summary>
/// <param name="Session">When the recording began to which it belongs, as its name has it.</param>
/// <param name="Number">From 1.</param>
internal sealed record SegmentName(string Session, int Number)
{
    private const string Format = "yyyyMMdd'T'HHmmssfff'Z'";

    public string File => string.Create(CultureInfo.InvariantCulture, $"{Session}-{Number:00000}{TapePlace.PackedExtension}");

    public static string SessionAt(DateTimeOffset start) => start.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>When the recording began, as people read it.</summary>
    public string Began => DateTimeOffset.ParseExact(Session, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Null where it is no segment.</summary>
    public static SegmentName? Parse(string file) => file.EndsWith(TapePlace.PackedExtension, StringComparison.Ordinal)
        && file[..^TapePlace.PackedExtension.Length].Split('-') is [var session, var number]
        && DateTimeOffset.TryParseExact(session, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new(session, count) : null;
}
