using System.Text;
using System.Text.Json;

namespace OpsManager.Contract.Json;

/// <summary>
/// The one reader of times that artifacts carry (docs/contract.md, "Tolerance on read"): every form of ISO 8601 with an offset or Z,
/// basic or extended, by calendar, week or day of the year, with a fraction after <c>.</c> or <c>,</c>. 24:00:00 is the start of the
/// next day, and :60 that of the next minute. A time without an offset is the host's, as before. Allocates nothing.
/// </summary>
public static class IsoTime
{
    /// <summary>Longest text that is looked at, in bytes: no time is longer.</summary>
    private const int MaxBytes = 64;

    /// <summary>DateTimeOffset takes no larger offset; a time with one is kept in UTC.</summary>
    private const int MaxOffsetMinutes = 14 * 60;

    /// <summary>The time of a JSON string; false where it is none.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence)
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            return TryParse(reader.ValueSpan, out time);
        }

        // An escaped character takes at most six bytes.
        Span<byte> plain = stackalloc byte[MaxBytes * 6];
        return reader.ValueSpan.Length <= plain.Length && TryParse(plain[..reader.CopyString(plain)], out time);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out DateTimeOffset)"/>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        Span<byte> utf8 = stackalloc byte[MaxBytes];
        return text is not null && Encoding.UTF8.TryGetBytes(text, utf8, out var length) && TryParse(utf8[..length], out time);
    }

    /// <summary>The time that <paramref name="text"/> is; false where it is none, or lies outside of the years 1 to 9999.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > MaxBytes || !TryDate(ref text, out var date))
        {
            return false;
        }

        var clock = 0L;
        if (!text.IsEmpty && (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryClock(text = text[1..], out clock, out text)))
        {
            return false;
        }

        // The end of the last day of the calendar has no name in it.
        return TryOffset(text, date, out var minutes) && clock <= DateTime.MaxValue.Ticks - date.Ticks
            && TryMake(date.AddTicks(clock), minutes, out time);
    }

    private static bool TryMake(DateTime local, int minutes, out DateTimeOffset time)
    {
        time = default;
        var utc = local.Ticks - (minutes * TimeSpan.TicksPerMinute);
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = Math.Abs(minutes) <= MaxOffsetMinutes
            ? new DateTimeOffset(local, TimeSpan.FromMinutes(minutes))
            : new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>2026-11-29, 20261129, 2026-333, 2026333, 2026-W48-7 or 2026W487.</summary>
    private static bool TryDate(ref ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (!TryDigits(ref text, 4, out var year) || year < 1)
        {
            return false;
        }

        Skip(ref text, (byte)'-');
        if (Skip(ref text, (byte)'W') || Skip(ref text, (byte)'w'))
        {
            return TryWeek(ref text, year, out date);
        }

        var digits = Digits(text);
        if (digits is 3 && TryDigits(ref text, 3, out var dayOfYear))
        {
            var days = DateTime.IsLeapYear(year) ? 366 : 365;
            return TryAdd(new DateTime(year, 1, 1), dayOfYear - 1, dayOfYear >= 1 && dayOfYear <= days, out date);
        }

        if (!TryDigits(ref text, 2, out var month) || month is < 1 or > 12)
        {
            return false;
        }

        Skip(ref text, (byte)'-');
        return TryDigits(ref text, 2, out var day)
            && TryAdd(new DateTime(year, month, 1), day - 1, day >= 1 && day <= DateTime.DaysInMonth(year, month), out date);
    }

    private static bool TryWeek(ref ReadOnlySpan<byte> text, int year, out DateTime date)
    {
        date = default;
        if (!TryDigits(ref text, 2, out var week))
        {
            return false;
        }

        Skip(ref text, (byte)'-');
        if (!TryDigits(ref text, 1, out var day) || day is < 1 or > 7
            || week < 1 || week > System.Globalization.ISOWeek.GetWeeksInYear(year))
        {
            return false;
        }

        // The first week is the one of January 4th.
        var fourth = new DateTime(year, 1, 4);
        var monday = ((int)fourth.DayOfWeek + 6) % 7;
        return TryAdd(fourth, ((week - 1) * 7) + day - 1 - monday, true, out date);
    }

    private static bool TryAdd(DateTime date, int days, bool isGood, out DateTime sum)
    {
        var ticks = date.Ticks + (days * TimeSpan.TicksPerDay);
        sum = isGood && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks) : default;
        return isGood && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>08, 08:00, 0800, 08:00:00 or 080000, each with a fraction of its last part.</summary>
    private static bool TryClock(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = text;
        int minute = 0, second = 0;
        var unit = TimeSpan.TicksPerHour;
        if (!TryDigits(ref text, 2, out var hour) || hour > 24)
        {
            return false;
        }

        if (TryPart(ref text, ref minute, 59))
        {
            unit = TryPart(ref text, ref second, 60) ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute;
        }

        if (minute < 0 || second < 0)
        {
            return false;
        }

        var fraction = 0L;
        if (!text.IsEmpty && text[0] is (byte)'.' or (byte)',')
        {
            text = text[1..];
            var count = Digits(text);
            if (count == 0)
            {
                return false;
            }

            fraction = Fraction(text[..count], unit);
            text = text[count..];
        }

        rest = text;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) + fraction;
        return hour < 24 || ticks == TimeSpan.TicksPerDay;
    }

    /// <summary>The next two digits, with a colon before them or not; -1 in <paramref name="part"/> where they are too large.</summary>
    private static bool TryPart(ref ReadOnlySpan<byte> text, ref int part, int max)
    {
        var from = !text.IsEmpty && text[0] == ':' ? text[1..] : text;
        if (!TryDigits(ref from, 2, out var found))
        {
            // A colon with nothing behind it stays in the text, where it is no offset.
            return false;
        }

        text = from;
        part = found <= max ? found : -1;
        return true;
    }

    /// <summary>A fraction of a unit, in whole ticks; what is finer is cut off.</summary>
    private static long Fraction(ReadOnlySpan<byte> digits, long unit)
    {
        const int MaxDigits = 15;
        var (value, scale) = (0m, 1m);
        foreach (var digit in digits[..Math.Min(digits.Length, MaxDigits)])
        {
            (value, scale) = ((value * 10) + (digit - '0'), scale * 10);
        }

        return (long)(value * unit / scale);
    }

    /// <summary>Z, ±08, ±0800 or ±08:00, in minutes; nothing is the host's.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> text, DateTime local, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty)
        {
            minutes = (int)TimeZoneInfo.Local.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)).TotalMinutes;
            return true;
        }

        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        var isMinus = text.StartsWith("\u2212"u8);
        if (!isMinus && text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var sign = isMinus || text[0] == '-' ? -1 : 1;
        text = text[(isMinus ? 3 : 1)..];
        var minute = 0;
        if (!TryDigits(ref text, 2, out var hour) || hour > 23)
        {
            return false;
        }

        TryPart(ref text, ref minute, 59);
        minutes = sign * ((hour * 60) + minute);
        return text.IsEmpty && minute >= 0;
    }

    private static bool Skip(ref ReadOnlySpan<byte> text, byte sign)
    {
        var isThere = !text.IsEmpty && text[0] == sign;
        text = isThere ? text[1..] : text;
        return isThere;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static bool TryDigits(ref ReadOnlySpan<byte> text, int count, out int number)
    {
        number = 0;
        if (text.Length < count)
        {
            return false;
        }

        foreach (var digit in text[..count])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        text = text[count..];
        return true;
    }
}
