using System.Globalization;
using System.Text.RegularExpressions;
using OpsManager.Contract.Json;

namespace OpsManager.Sources.Replay;

/// <summary>
/// A moment of a recording as somebody types it: <c>12:03:40</c> or <c>12:03</c> is a time of day by the recording's clock, in UTC, or
/// where the recording has no such time, minutes and seconds (hours, minutes and seconds) from its start, as its position is shown;
/// <c>73%</c> a part of its length; <c>5m</c>, <c>1h20m</c> or <c>500ms</c> a time from its start; a whole ISO 8601 time is one too.
/// </summary>
public sealed partial record ReplayTime
{
    /// <summary>The forms, for messages.</summary>
    public const string Forms = "5m or 02:30 from the start, 73%, or 12:03:40 as a time of day";

    /// <summary>No recording is longer than a hundred years.</summary>
    private const decimal MaxSeconds = 36_525m * 86_400;

    /// <summary>More than the whole is its end.</summary>
    private const double MaxPart = 1_000_000;

    private static readonly (string Name, decimal Seconds)[] Units = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1), ("ms", 0.001m)];

    private readonly Func<DateTimeOffset, TimeSpan, TimeSpan, TimeSpan> find;

    private ReplayTime(Func<DateTimeOffset, TimeSpan, TimeSpan, TimeSpan> find) => this.find = find;

    /// <summary>From the start of a recording that began at <paramref name="recordedAt"/> to the moment; inside the recording.</summary>
    /// <param name="near">Of several such times of day the one nearest to this moment is meant.</param>
    public TimeSpan In(DateTimeOffset recordedAt, TimeSpan length, TimeSpan near = default)
    {
        var at = find(recordedAt, length, near);
        return at < TimeSpan.Zero ? TimeSpan.Zero : at > length ? length : at;
    }

    /// <summary>-1 where it is before the recording, 1 where it is behind its end, 0 where it is inside.</summary>
    public int SideOf(DateTimeOffset recordedAt, TimeSpan length)
    {
        var at = find(recordedAt, length, TimeSpan.Zero);
        // Whole seconds are typed: the second in which the recording starts is inside of it.
        return at <= -TimeSpan.FromSeconds(1) ? -1 : at > length ? 1 : 0;
    }

    /// <summary>Reads what was typed; null where it is none of the forms.</summary>
    public static ReplayTime? Parse(string text)
    {
        var typed = text.Trim();
        var plain = string.Concat(typed.Where(static letter => letter != ' ')).ToLowerInvariant();
        if (plain.EndsWith('%'))
        {
            return double.TryParse(plain[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part)
                && part <= MaxPart
                ? new((_, length, _) => length * (part / 100))
                : null;
        }

        if (Clock().Match(plain) is { Success: true } clock)
        {
            return Clock(clock);
        }

        if (ParseDuration(plain) is { } duration)
        {
            return new((_, _, _) => duration);
        }

        return typed.Contains('-', StringComparison.Ordinal) && IsoTime.TryParse(typed, out var time)
            ? new((recordedAt, _, _) => time - recordedAt) : null;
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

        return TimeSpan.FromTicks((long)(Math.Min(seconds, MaxSeconds) * TimeSpan.TicksPerSecond));
    }

    private static ReplayTime? Clock(Match clock)
    {
        var parts = clock.Value.TrimEnd('z').Split(':').Select(static part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        if (parts[1] >= 60 || parts is [_, _, >= 60])
        {
            return null;
        }

        var ofDay = TimeSpan.FromSeconds((parts[0] * 3600) + (parts[1] * 60) + (parts is [_, _, var second] ? second : 0));
        var fromStart = parts is [_, _, _] ? ofDay : ofDay / 60;
        return ofDay >= TimeSpan.FromDays(1) ? null : new((recordedAt, length, near) =>
        {
            var at = Nearest(ofDay, recordedAt, length, near);
            return IsInside(at, length) || clock.Value.EndsWith('z') || !IsInside(fromStart, length) ? at : fromStart;
        });
    }

    /// <summary>
    /// Of the times of day in the recording the one nearest to a moment; where there is none, the one nearest to the recording.
    /// </summary>
    private static TimeSpan Nearest(TimeSpan ofDay, DateTimeOffset recordedAt, TimeSpan length, TimeSpan near)
    {
        var onFirstDay = ofDay - recordedAt.UtcDateTime.TimeOfDay;
        TimeSpan Distance(TimeSpan at) => IsInside(at, length) ? TimeSpan.Zero : at < TimeSpan.Zero ? -at : at - length;
        var day = Math.Floor((near - onFirstDay) / TimeSpan.FromDays(1));
        return Enumerable.Range(-1, 4)
            .Select(days => onFirstDay + TimeSpan.FromDays(day + days))
            .Concat([onFirstDay, onFirstDay + TimeSpan.FromDays(1)])
            .OrderBy(Distance)
            .ThenBy(at => (at - near).Duration())
            .First();
    }

    /// <summary>Whole seconds are typed: the second in which the recording starts is inside of it.</summary>
    private static bool IsInside(TimeSpan at, TimeSpan length) => at >= -TimeSpan.FromSeconds(1) && at <= length;

    [GeneratedRegex(@"^\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?z?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"^((?<d>\d{1,9}(\.\d{1,7})?)d)?((?<h>\d{1,9}(\.\d{1,7})?)h)?" +
        @"((?<m>\d{1,9}(\.\d{1,7})?)m(?!s))?((?<s>\d{1,9}(\.\d{1,7})?)s)?((?<ms>\d{1,12}(\.\d{1,7})?)ms)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
