using System.Globalization;

namespace OpsManager.Sources.Nats;

/// <summary>Limits of a stream as texts: as our flags take them, and as those of <c>nats</c> do.</summary>
public static class StreamText
{
    private const string NoLimit = "no limit";

    private static readonly (string Word, TimeSpan Unit)[] Units =
        [("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1))];

    private static readonly string[] Sizes = ["", "K", "M", "G", "T"];

    /// <summary>A time of one unit, such as <c>90s</c>, <c>2m</c>, <c>36h</c> or <c>7d</c>; null where it is none, or nothing.</summary>
    public static TimeSpan? ParseAge(string text)
    {
        var (word, unit) = Units.FirstOrDefault(one => text.EndsWith(one.Word, StringComparison.Ordinal));
        return word is not null
            && int.TryParse(text.AsSpan(..^word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && count < TimeSpan.FromDays(36_500) / unit
            ? count * unit
            : null;
    }

    /// <summary>A size such as <c>500K</c>, <c>64M</c> or <c>2G</c>; null where it is none, or nothing.</summary>
    public static long? ParseBytes(string text)
    {
        var upper = text.ToUpperInvariant();
        var size = Array.FindLastIndex(Sizes, size => upper.EndsWith(size, StringComparison.Ordinal));
        return long.TryParse(upper.AsSpan(..^Sizes[size].Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 1_000_000
            ? count << (10 * size)
            : null;
    }

    /// <summary>In the largest unit that it is a whole number of.</summary>
    public static string From(TimeSpan age)
    {
        var (word, unit) = Units.FirstOrDefault(one => age.Ticks % one.Unit.Ticks == 0);
        return age == TimeSpan.Zero ? NoLimit
            : word is null ? string.Create(CultureInfo.InvariantCulture, $"{age.TotalMilliseconds:0.###}ms")
            : string.Create(CultureInfo.InvariantCulture, $"{age.Ticks / unit.Ticks}{word}");
    }

    /// <summary>As a flag of <c>nats</c>: it knows no days everywhere.</summary>
    public static string Flag(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0.###}s");

    public static string FromBytes(long bytes)
    {
        var size = Array.FindLastIndex(Sizes, size => bytes % (1L << (10 * Array.IndexOf(Sizes, size))) == 0);
        return bytes <= 0 ? NoLimit : string.Create(CultureInfo.InvariantCulture, $"{bytes >> (10 * size)}{Sizes[size]}");
    }

    public static string FromCount(long count) => count <= 0 ? NoLimit : Number(count);

    public static string From(bool isAllowed) => isAllowed ? "yes" : "no";

    public static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
