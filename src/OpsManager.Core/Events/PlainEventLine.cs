using System.Text;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Events;

/// <summary>
/// Reads a line of the shape that the runtime writes, which nearly every line has, in one pass. Whatever it is not sure of it leaves
/// to <see cref="EventRowReader"/>: escapes in what is kept, fields that appear twice, other times than whole seconds of UTC.
/// </summary>
internal static class PlainEventLine
{
    private const int TimeLength = 20;

    /// <summary>The row of the line where that is certain.</summary>
    /// <param name="line">Known to be UTF-8.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, long offset, WordTable words, out EventRow row)
    {
        row = default;
        if (PlainJson.At(line, 0) != '{')
        {
            return false;
        }

        ReadOnlySpan<byte> name = default, role = default, status = default, run = default, detail = default;
        uint second = 0;
        var iteration = -1L;
        var seen = Fields.None;
        var at = 1;
        while (true)
        {
            var end = PlainJson.At(line, at) == '"' ? PlainJson.PlainEnd(line, at + 1) : PlainJson.Unsure;
            if (end < 0 || PlainJson.At(line, end + 1) != ':')
            {
                return false;
            }

            var field = FieldOf(line[(at + 1)..end]);
            at = PlainJson.Behind(line, end + 1);
            if ((seen & field) != 0 || field == Fields.Type)
            {
                return false;
            }

            seen |= field;
            var isText = PlainJson.At(line, at) == '"';
            switch (field)
            {
                case Fields.Timestamp:
                    at = Second(line, at, out second);
                    break;
                case Fields.Event:
                    at = isText ? Word(line, at, out name) : PlainJson.Unsure;
                    break;
                case Fields.Role when isText:
                    at = Word(line, at, out role);
                    break;
                case Fields.Status when isText:
                    at = Word(line, at, out status);
                    break;
                case Fields.Run when isText:
                    at = Word(line, at, out run);
                    break;
                case Fields.Iteration:
                    at = Iteration(line, at, out iteration);
                    break;
                case Fields.Data when PlainJson.At(line, at) == '{':
                    at = Detail(line, at, out detail);
                    break;
                default:
                    at = PlainJson.Value(line, at);
                    break;
            }

            if (at < 0)
            {
                return false;
            }

            var next = PlainJson.At(line, at);
            if (next == ',')
            {
                at = PlainJson.Behind(line, at);
                continue;
            }

            if (next != '}' || at != line.Length - 1 || second == 0 || name.IsEmpty)
            {
                return false;
            }

            row = new EventRow
            {
                Offset = offset,
                Length = line.Length,
                Second = second,
                Iteration = iteration,
                Run = words.Number(run),
                Name = words.Number(name),
                Role = words.Number(role),
                Status = words.Number(status),
                Detail = words.Number(detail),
            };
            return true;
        }
    }

    private static Fields FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("role"u8) => Fields.Role,
        4 when name.SequenceEqual("data"u8) => Fields.Data,
        4 when name.SequenceEqual("type"u8) => Fields.Type,
        5 when name.SequenceEqual("event"u8) => Fields.Event,
        6 when name.SequenceEqual("run_id"u8) => Fields.Run,
        6 when name.SequenceEqual("status"u8) => Fields.Status,
        9 when name.SequenceEqual("timestamp"u8) => Fields.Timestamp,
        9 when name.SequenceEqual("iteration"u8) => Fields.Iteration,
        _ => Fields.None,
    };

    /// <summary>A string without escapes.</summary>
    private static int Word(ReadOnlySpan<byte> line, int at, out ReadOnlySpan<byte> word)
    {
        var end = PlainJson.PlainEnd(line, at + 1);
        word = end < 0 ? default : line[(at + 1)..end];
        return end < 0 ? PlainJson.Unsure : end + 1;
    }

    /// <summary>A whole number that is surely not too large.</summary>
    private static int Iteration(ReadOnlySpan<byte> line, int at, out long iteration)
    {
        const int MaxDigits = 9;
        iteration = 0;
        var start = at;
        for (; PlainJson.At(line, at) is >= (byte)'0' and <= (byte)'9' and var digit && at - start < MaxDigits; at++)
        {
            iteration = (iteration * 10) + digit - '0';
        }

        // What follows has to be the end of the value, or it was no such number.
        return at == start || (line[start] == '0' && at - start > 1) ? PlainJson.Unsure : at;
    }

    /// <summary>"2026-11-22T19:00:01Z" with its quotes; never 0 where it was read.</summary>
    private static int Second(ReadOnlySpan<byte> line, int at, out uint second)
    {
        second = 0;
        if (line.Length - at < TimeLength + 2)
        {
            return PlainJson.Unsure;
        }

        var time = line.Slice(at, TimeLength + 2);
        if (time[0] != '"'
            || time[5] != '-'
            || time[8] != '-'
            || time[11] != 'T'
            || time[14] != ':'
            || time[17] != ':'
            || time[20] != 'Z'
            || time[21] != '"')
        {
            return PlainJson.Unsure;
        }

        var (century, yearOfCentury) = (Two(time, 1), Two(time, 3));
        var (month, day) = (Two(time, 6), Two(time, 9));
        var (hour, minute, secondOfMinute) = (Two(time, 12), Two(time, 15), Two(time, 18));
        if ((century | yearOfCentury | month | day | hour | minute | secondOfMinute) < 0
            || hour > 23
            || minute > 59
            || secondOfMinute > 59)
        {
            return PlainJson.Unsure;
        }

        // The seconds fit until 2106.
        var year = (century * 100) + yearOfCentury;
        if (year is < 1971 or > 2105 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return PlainJson.Unsure;
        }

        second = (uint)((Days(year, month, day) * 86400L) + (hour * 3600) + (minute * 60) + secondOfMinute);
        return at + TimeLength + 2;
    }

    /// <summary>A number of two digits; negative where it is none.</summary>
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        return (uint)tens > 9 || (uint)ones > 9 ? -1 : (tens * 10) + ones;
    }

    /// <summary>Days since 1970.</summary>
    private static int Days(int year, int month, int day)
    {
        // Years that begin in March have their leap day at their end.
        var shifted = month > 2 ? year : year - 1;
        var inYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (shifted * 365) + (shifted / 4) - (shifted / 100) + (shifted / 400) + inYear - 719468;
    }

    /// <summary>Walks the top level of <c>data</c>, like <see cref="EventRowReader"/>, for the one word that is kept.</summary>
    private static int Detail(ReadOnlySpan<byte> line, int at, out ReadOnlySpan<byte> detail)
    {
        detail = default;
        var (isWord, seen) = (false, 0);
        at++;
        if (PlainJson.At(line, at) == '}')
        {
            return at + 1;
        }

        while (true)
        {
            var end = PlainJson.At(line, at) == '"' ? PlainJson.PlainEnd(line, at + 1) : PlainJson.Unsure;
            if (end < 0 || PlainJson.At(line, end + 1) != ':')
            {
                return PlainJson.Unsure;
            }

            var name = line[(at + 1)..end];
            if (Ascii.Equals(name, EventDataNames.Info))
            {
                // When a rate limit is reset stands inside it.
                return PlainJson.Unsure;
            }

            at = PlainJson.Behind(line, end + 1);
            var key = name.Length == 6 ? (name.SequenceEqual("status"u8) ? 1 : name.SequenceEqual("reason"u8) ? 2 : 0)
                : name.Length == 14 && name.SequenceEqual("max_iterations"u8) ? 4 : 0;
            if ((seen & key) != 0)
            {
                return PlainJson.Unsure;
            }

            seen |= key;
            var isReason = key is 1 or 2;

            // A stop for too many iterations tells the limit as well: the reason is the word, wherever it stands.
            var isWanted = isReason || (key == 4 && !isWord);
            if (isWanted && PlainJson.At(line, at) == '"')
            {
                at = Word(line, at, out detail);
                if (detail.IsEmpty)
                {
                    // An empty word says nothing: another of the three counts, and that may have been before it.
                    return PlainJson.Unsure;
                }

                isWord |= isReason;
            }
            else
            {
                var start = at;
                at = PlainJson.Value(line, at);
                if (at > start && isWanted && line[start] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
                {
                    detail = line[start..at];
                    isWord |= isReason;
                }
            }

            if (at < 0)
            {
                return PlainJson.Unsure;
            }

            switch (PlainJson.At(line, at))
            {
                case (byte)',':
                    at = PlainJson.Behind(line, at);
                    break;
                case (byte)'}':
                    return at + 1;
                default:
                    return PlainJson.Unsure;
            }
        }
    }

    [Flags]
    private enum Fields
    {
        None = 0,
        Timestamp = 1,
        Event = 2,
        Type = 4,
        Role = 8,
        Status = 16,
        Run = 32,
        Iteration = 64,
        Data = 128,
    }
}
