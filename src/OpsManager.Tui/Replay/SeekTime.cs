using System.Globalization;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Replay;

/// <summary>A moment of the recording as it is typed: by its clock, as a share of it, or from its start.</summary>
/// <param name="At">From the start of the recording, inside of it.</param>
/// <param name="Note">That the moment which was typed is outside of the recording; null where it is inside.</param>
internal readonly record struct SeekTime(TimeSpan At, string? Note)
{
    public const string Forms = "at needs a time of the recording (12:03:40 or 12:03, UTC), a share (73%) or a time from its start (5m)";

    private static readonly string[] ClockForms = ["H:m:s", "H:m"];

    /// <summary>Reads it; null where it is none of the forms.</summary>
    public static SeekTime? Parse(string typed, ReplayState state)
    {
        var text = string.Concat(typed.Where(static letter => letter != ' ')).ToLowerInvariant();
        return text switch
        {
            [] => null,
            _ when state.RecordedAt == default => new(TimeSpan.Zero, "nothing was read of the recording yet"),
            [.., '%'] => Share(text[..^1], state),
            _ when text.Contains(':', StringComparison.Ordinal) => Clock(text.TrimEnd('z'), state),
            _ => Length(text) is { } after ? Inside(after, state, $"the recording is {Ages.Long(state.Length)} long") : null,
        };
    }

    private static SeekTime? Share(string text, ReplayState state) =>
        !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? null
        : percent > 100 ? new(state.Length, "the recording ends at 100%")
        : new(state.Length * (percent / 100), null);

    /// <summary>The nearest moment with this time of day.</summary>
    private static SeekTime? Clock(string text, ReplayState state)
    {
        if (!TimeOnly.TryParseExact(text, ClockForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var (start, now) = (state.RecordedAt.UtcDateTime, state.Now.UtcDateTime);
        // Whole seconds are typed: the second in which the recording starts is inside of it.
        var first = new DateTime(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var nearest = Enumerable.Range(-1, 3)
            .Select(day => now.Date.AddDays(day) + time.ToTimeSpan())
            .Where(at => at >= first && at <= start + state.Length)
            .OrderBy(at => (at - now).Duration())
            .Take(1)
            .ToArray();
        if (nearest is [var inside])
        {
            return new(inside < start ? TimeSpan.Zero : inside - start, null);
        }

        var end = state.RecordedAt + state.Length;
        return start.Date + time.ToTimeSpan() < start
            ? new(TimeSpan.Zero, $"the recording starts at {Ages.Clock(state.RecordedAt)}Z")
            : new(state.Length, $"the recording ends at {Ages.Clock(end)}Z");
    }

    private static SeekTime Inside(TimeSpan at, ReplayState state, string note) =>
        at <= state.Length ? new(at, null) : new(state.Length, note);

    /// <summary>"1h2m3s", each at most once and in this order.</summary>
    private static TimeSpan? Length(string text)
    {
        var (sum, units, number) = (TimeSpan.Zero, "dhms", "");
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                number += letter;
                continue;
            }

            var unit = units.IndexOf(letter, StringComparison.Ordinal);
            if (unit < 0 || number is not { Length: > 0 and <= 6 })
            {
                return null;
            }

            var count = int.Parse(number, CultureInfo.InvariantCulture);
            sum += letter switch
            {
                'd' => TimeSpan.FromDays(count),
                'h' => TimeSpan.FromHours(count),
                'm' => TimeSpan.FromMinutes(count),
                _ => TimeSpan.FromSeconds(count),
            };
            (units, number) = (units[(unit + 1)..], "");
        }

        return number.Length == 0 ? sum : null;
    }
}
