using System.Buffers;
using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Events;

/// <summary>Reads one line of events.jsonl into a row, without making an object of it.</summary>
public static class EventRowReader
{
    /// <summary>Longest line that is read as an event, in bytes. A longer one is kept as an invalid line: it is nobody's event.</summary>
    public const int MaxLineBytes = 4 * 1024 * 1024;

    /// <summary>The row of <paramref name="line"/>; its name is <see cref="KnownEvents.Invalid"/> where the line is no event.</summary>
    /// <param name="line">The line without its newline.</param>
    /// <param name="offset">Where the line starts in the file.</param>
    /// <param name="words">The log's words; new ones are added.</param>
    public static EventRow Read(ReadOnlySpan<byte> line, long offset, WordTable words)
    {
        if (line is not [(byte)'{', ..] && !line.ContainsAnyExcept(" \t\r"u8))
        {
            return new EventRow { Offset = offset, Length = line.Length, Name = KnownEvents.Blank };
        }

        if (!ArtifactText.IsUtf8(line))
        {
            return InvalidRow(offset, line.Length);
        }

        return PlainEventLine.TryRead(line, offset, words, out var row) ? row : ReadAny(line, offset, words);
    }

    /// <summary>Reads a line of whatever shape, which is UTF-8 and not blank.</summary>
    internal static EventRow ReadAny(ReadOnlySpan<byte> line, long offset, WordTable words)
    {
        try
        {
            return Fields(line, line.Length, offset, words);
        }
        catch (InvalidOperationException)
        {
            // A field escapes half a surrogate pair: it is read once more, mended.
            return Mended(line, offset, words);
        }
        catch (JsonException)
        {
            // A number that is none: it reads as null.
            return JsonText.HasNoNumber(line) ? Mended(line, offset, words) : InvalidRow(offset, line.Length);
        }
    }

    private static EventRow Mended(ReadOnlySpan<byte> line, long offset, WordTable words)
    {
        try
        {
            return Fields(JsonText.Mend(line.ToArray()).Span, line.Length, offset, words);
        }
        catch (JsonException)
        {
            return InvalidRow(offset, line.Length);
        }
    }

    public static EventRow InvalidRow(long offset, int length) => new() { Offset = offset, Length = length, Name = KnownEvents.Invalid };

    private static EventRow Fields(ReadOnlySpan<byte> line, int length, long offset, WordTable words)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return InvalidRow(offset, length);
        }

        // Of a repeated key the last counts, whatever it holds.
        ushort name = 0, type = 0, role = 0, status = 0, run = 0, detail = 0;
        uint second = 0;
        var hasTimestamp = false;
        var iteration = -1L;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.Timestamp when reader.TokenType == JsonTokenType.String:
                    hasTimestamp = reader.ValueSpan.Length > 0;
                    second = Second(ref reader);
                    break;
                case Field.Timestamp:
                    (hasTimestamp, second) = (false, 0);
                    reader.Skip();
                    break;
                case Field.Event:
                    name = WordOrNone(ref reader, words);
                    break;
                case Field.Type:
                    type = WordOrNone(ref reader, words);
                    break;
                case Field.Role:
                    role = WordOrNone(ref reader, words);
                    break;
                case Field.Status:
                    status = WordOrNone(ref reader, words);
                    break;
                case Field.Run:
                    run = WordOrNone(ref reader, words);
                    break;
                case Field.Iteration:
                    iteration = WholeNumber.From(ref reader) is >= 0 and var number ? number : -1;
                    reader.Skip();
                    break;
                case Field.Data when reader.TokenType == JsonTokenType.StartObject:
                    detail = Detail(ref reader, words);
                    break;
                case Field.Data:
                    detail = WordTable.None;
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Reads on, so that text behind the object makes the line invalid instead of being ignored.
        while (reader.Read())
        {
        }

        name = name == WordTable.None ? type : name;
        return name == WordTable.None || !hasTimestamp
            ? InvalidRow(offset, length)
            : new EventRow
            {
                Offset = offset,
                Length = length,
                Second = second,
                Iteration = iteration,
                Run = run,
                Name = name,
                Role = role,
                Status = status,
                Detail = detail,
            };
    }

    private static Field FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? EscapedFieldOf(ref reader) : reader.ValueSpan.Length switch
        {
            4 when reader.ValueTextEquals("type"u8) => Field.Type,
            4 when reader.ValueTextEquals("role"u8) => Field.Role,
            4 when reader.ValueTextEquals("data"u8) => Field.Data,
            5 when reader.ValueTextEquals("event"u8) => Field.Event,
            6 when reader.ValueTextEquals("run_id"u8) => Field.Run,
            6 when reader.ValueTextEquals("status"u8) => Field.Status,
            9 when reader.ValueTextEquals("timestamp"u8) => Field.Timestamp,
            9 when reader.ValueTextEquals("iteration"u8) => Field.Iteration,
            _ => Field.Other,
        };

    /// <summary>Nobody writes field names with escapes, but JSON allows it: then the length tells nothing.</summary>
    private static Field EscapedFieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("type"u8) ? Field.Type
        : reader.ValueTextEquals("role"u8) ? Field.Role
        : reader.ValueTextEquals("data"u8) ? Field.Data
        : reader.ValueTextEquals("event"u8) ? Field.Event
        : reader.ValueTextEquals("run_id"u8) ? Field.Run
        : reader.ValueTextEquals("status"u8) ? Field.Status
        : reader.ValueTextEquals("timestamp"u8) ? Field.Timestamp
        : reader.ValueTextEquals("iteration"u8) ? Field.Iteration
        : Field.Other;

    private static uint Second(ref Utf8JsonReader reader) =>
        IsoTime.TryRead(ref reader, out var time) && time.ToUnixTimeSeconds() is > 0 and <= uint.MaxValue and var second
            ? (uint)second
            : 0;

    /// <summary>The text at the reader; of any other value none, and it is passed over.</summary>
    private static ushort WordOrNone(ref Utf8JsonReader reader, WordTable words)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Word(ref reader, words);
        }

        reader.Skip();
        return WordTable.None;
    }

    private static ushort Word(ref Utf8JsonReader reader, WordTable words)
    {
        if (!reader.ValueIsEscaped)
        {
            return words.Number(reader.ValueSpan);
        }

        var plain = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return words.Number(plain.AsSpan(0, reader.CopyString(plain)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <summary>Walks the top level of <c>data</c> for the one word the headline needs; the rest is only checked for being JSON.</summary>
    private static ushort Detail(ref Utf8JsonReader reader, WordTable words)
    {
        ushort reason = 0, status = 0, limit = 0, reset = 0;
        var isStatusLast = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reason"u8))
            {
                (reason, isStatusLast) = (ScalarAfter(ref reader, words), false);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                (status, isStatusLast) = (ScalarAfter(ref reader, words), true);
            }
            else if (reader.ValueTextEquals("max_iterations"u8))
            {
                limit = ScalarAfter(ref reader, words);
            }
            else if (reader.ValueTextEquals(EventDataNames.Info))
            {
                reset = Reset(ref reader, words);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // A stop for too many iterations tells the limit as well: the reason is the word, wherever it stands.
        var (first, second) = isStatusLast ? (status, reason) : (reason, status);
        return first != WordTable.None ? first
            : second != WordTable.None ? second
            : limit != WordTable.None ? limit
            : reset;
    }

    /// <summary>
    /// When a rate limit is reset, from the object that the runtime puts beside it; <see cref="RateLimitReset"/> reads it.
    /// </summary>
    private static ushort Reset(ref Utf8JsonReader reader, WordTable words)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return WordTable.None;
        }

        ushort at = 0, left = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("resets_at"u8))
            {
                at = ScalarAfter(ref reader, words);
            }
            else if (reader.ValueTextEquals("resets_in"u8))
            {
                left = ScalarAfter(ref reader, words);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return at != WordTable.None ? at : left;
    }

    private static ushort ScalarAfter(ref Utf8JsonReader reader, WordTable words)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number ? words.Number(reader.ValueSpan) : WordOrNone(ref reader, words);
    }

    private enum Field
    {
        Other, Timestamp, Event, Type, Role, Status, Run, Iteration, Data,
    }
}
