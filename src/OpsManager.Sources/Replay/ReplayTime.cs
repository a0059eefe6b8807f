using System.Globalization;
using System.Text.RegularExpressions;
using OpsManager.Contract.Json;

namespace OpsManager.Sources.Replay;

/// <summary>
/// A moment of a recording as somebody types it: <c>12:03:40</c> or <c>12:03</c> is a time of day by the recording's clock, in UTC;
/// <c>73%</c> a part of its length; <c>5m</c>, <c>1h20m</c> or <c>500ms</c> a time from its start; a whole ISO 8601 time is one too.
/// </summary>
public sealed partial record ReplayTime
{
    /// <summary>The forms, for messages.</summary>
    public const string Forms = "a time of day such as 12:03:40, a part such as 73%, or a time from the start such as 5m";

    /// <summary>No recording is longer than a hundred years.</summary>
    private const decimal MaxSeconds = 36_525m * 86_400;

    private static readonly (string Name, decimal Seconds)[] Units = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1), ("ms", 0.001m)];

    private readonly Func<DateTimeOffset, TimeSpan, TimeSpan> find;

    private ReplayTime(Func<DateTimeOffset, TimeSpan, TimeSpan> find) => this.find = find;

    /// <summary>From the start of a recording that began at <paramref name="recordedAt"/> to the moment; inside the recording.</summary>
    public TimeSpan In(DateTimeOffset recordedAt, TimeSpan length)
    {
        var at = find(recordedAt, length);
        return at < TimeSpan.Zero ? TimeSpan.Zero : at > length ? length : at;
    }

    /// <summary>Reads what was typed; null where it is none of the forms.</summary>
    public static ReplayTime? Parse(string text)
    {
        var typed = text.Trim();
        if (typed.EndsWith('%'))
        {
            return double.TryParse(typed[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part) && part <= 100
                ? new((_, length) => length * (part / 100)) : null;
        }

        if (Clock().Match(typed) is { Success: true } clock)
        {
            return Clock(clock);
        }

        if (ParseDuration(typed) is { } duration)
        {
            return new((_, _) => duration);
        }

        return typed.Contains('-', StringComparison.Ordinal) && IsoTime.TryParse(typed, out var time)
            ? new((recordedAt, _) => time - recordedAt) : null;
    }

    /// <summary>A duration such as <c>500ms</c>, <c>2s</c>, <c>1.5m</c> or <c>1h20m</c>; null where it is none.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (Duration().Match(text.Trim()) is not { Success: true, Length: > 0 } parts)
        {
            return null;
        }

        var seconds = 0m;
        foreach (var (name, unit) in Units)
        {
            if (parts.Groups[name] is { Success: true, Value: var digits })
            {
                seconds += unit * decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            }
        }

        return seconds <= MaxSeconds ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
    }

    private static ReplayTime? Clock(Match clock)
    {
        var parts = clock.Value.Split(':').Select(static part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        if (parts[1] >= 60 || parts is [_, _, >= 60])
        {
            return null;
        }

        var ofDay = TimeSpan.FromSeconds((parts[0] * 3600) + (parts[1] * 60) + (parts is [_, _, var second] ? second : 0));
        return ofDay < TimeSpan.FromDays(1) ? new((recordedAt, length) => Nearest(ofDay, recordedAt, length)) : null;
    }

    /// <summary>The first such time of day in the recording; where there is none, the one that is nearest to it.</summary>
    private static TimeSpan Nearest(TimeSpan ofDay, DateTimeOffset recordedAt, TimeSpan length)
    {
        var at = ofDay - recordedAt.UtcDateTime.TimeOfDay;
        var next = at < TimeSpan.Zero ? at + TimeSpan.FromDays(1) : at;
        var before = next - TimeSpan.FromDays(1);
        return next <= length || next - length <= -before ? next : before;
    }

    [GeneratedRegex(@"^\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"^((?<d>\d{1,9}(\.\d{1,7})?)d)?((?<h>\d{1,9}(\.\d{1,7})?)h)?" +
        @"((?<m>\d{1,9}(\.\d{1,7})?)m(?!s))?((?<s>\d{1,9}(\.\d{1,7})?)s)?((?<ms>\d{1,12}(\.\d{1,7})?)ms)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
