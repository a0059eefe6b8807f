using System.Text;
using CsCheck;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

/// <summary>The fast way of reading a line says what the reader of JSON says, or nothing.</summary>
public sealed class PlainEventLinePropertyTests
{
    private static readonly string[] Texts =
    [
        "ok", "error", "", "planner", "role_end", "2026-11-22T19:00:01Z", "a\\\"b", "\\u0041", "\\ud83d\\ude00", "\\ud800", "\\x",
        "\\u12g4", "後", "😀", "é", "\u007f",
        "\u0001", "\t", "/", "\\/", "max_iterations", new string('x', 201), "tail\\",
    ];

    private static readonly string[] Names =
    [
        "timestamp", "event", "type", "role", "status", "run_id", "iteration", "data", "message", "loop_id", "reason", "max_iterations",
        "", "Status", "stat\\u0075s", "data ",
    ];

    private static readonly string[] Plain =
    [
        "0", "1", "-0", "-1", "12", "007", "999999999", "2147483647", "2147483648", "99999999999999999999", "1.5", "1.", ".5", "1e5",
        "1E+5", "1e-", "1.5e3", "-", "+1", "true", "false",
        "null", "True", "nul", "nulll", "truefalse", "NaN", "0x1", "1 ", " 1", "", "{}", "[]", "{ }", "[1,2]", "[1, 2]", "[1,]", "{,}",
        "[}", "{\"a\":1}", "{\"a\": 1, \"b\":[{}]}", "{\"a\" :1}",
        "{\"a\"}", "[[[[1]]]]", "{1:2}", "// x", "'x'",
    ];

    private static readonly string[] Times =
    [
        "2026-11-22T19:00:01Z", "2024-02-29T23:59:59Z", "2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2000-02-29T00:00:00Z",
        "1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z", "1971-01-01T00:00:00Z",
        "2105-12-31T23:59:59Z", "2106-02-07T06:28:15Z", "2106-02-07T06:28:16Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-22T24:00:00Z",
        "2026-11-22T23:60:00Z", "2026-11-22T23:59:60Z", "2026-11-22T19:00:01z", "2026-11-22 19:00:01Z", "2026-11-22T19:00:01",
        "2026-11-22T19:00:01.5Z", "2026-11-22T19:00:01+01:00", "0000-01-01T00:00:00Z",
        "2O26-11-22T19:00:01Z", "2026/11/22T19:00:01Z", "9999-12-31T23:59:59Z", "yesterday", "",
    ];

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Gen.OneOf(Plain)
        : Gen.Frequency(
            (4, Gen.OneOf(Texts).Select(static text => $"\"{text}\"")),
            (4, Gen.OneOf(Plain)),
            (1, inner.Array[0, 3].Select(static items => $"[{string.Join(',', items)}]")),
            (2, Gen.Select(Gen.OneOf(Names), inner).Array[0, 3].Select(static fields => Object(fields, false)))));

    private static readonly Gen<string> Line = Gen.Select(
        Gen.Frequency((5, Gen.Const(Times[0])), (1, Gen.OneOf(Times))),
        Gen.Select(Gen.OneOf(Names), Value).Array[0, 6],
        Gen.Bool,
        Gen.Int[0, 6]).Select(static (time, fields, isSpaced, place) => Object(
            [.. fields.Take(place), ("timestamp", $"\"{time}\""), ("event", "\"role_end\""), .. fields.Skip(place)], isSpaced));

    [Fact]
    public void Generated_lines_are_read_alike() => Line.Sample(static line => Agree(Encoding.UTF8.GetBytes(line)), iter: 20_000);

    [Fact]
    public void Lines_with_a_byte_changed_put_in_or_left_out_are_read_alike() =>
        Gen.Select(
            Line, Gen.Int[0, 10_000], Gen.Frequency((3, Gen.OneOf([.. "\"\\{}[]:, \t\r0-e.Zn"u8])), (1, Gen.Byte)), Gen.Int[0, 2],
            Gen.Int[0, 10_000]).Sample(
            static (line, place, with, kind, cut) =>
            {
                List<byte> bytes = [.. Encoding.UTF8.GetBytes(line)];
                var at = place % bytes.Count;
                switch (kind)
                {
                    case 0:
                        bytes[at] = with;
                        break;
                    case 1:
                        bytes.Insert(at, with);
                        break;
                    default:
                        bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + (cut % 9 == 0 ? cut : 0)));
                        break;
                }

                Agree([.. bytes]);
            },
            iter: 40_000);

    [Fact]
    public void Every_beginning_of_a_line_is_read_alike()
    {
        var line =
            """{"timestamp":"2026-11-22T19:00:01Z","event":"role_end","run_id":"r","iteration":12,"role":"planner","status":"ok","data":{"a":[1,{"b":"c\"d"},null],"reason":"x","n":-1.5e3},"message":"後 m"}"""u8;
        for (var length = 0; length <= line.Length; length++)
        {
            Agree(line[..length]);
            Agree([.. line[..length], (byte)'}']);
        }
    }

    [Theory]
    [InlineData("""{"reason":"","max_iterations":"x"}""")]
    [InlineData("""{"max_iterations":3,"reason":""}""")]
    [InlineData("""{"status":"ok","reason":""}""")]
    public void An_empty_word_is_read_alike(string data) =>
        Agree(Encoding.UTF8.GetBytes($$"""{"timestamp":"2026-11-22T19:00:01Z","event":"loop_stop","data":{{data}}}"""));

    [Fact]
    public void What_the_runtime_writes_is_read_the_fast_way()
    {
        Assert.True(
            IsPlain(
                """{"timestamp":"2026-11-22T19:00:01Z","event":"role_end","loop_id":"l","run_id":"2026-11-22T19:00:00Z","iteration":3,"role":"planner","status":"ok","message":"a \"b\" \n","data":{"x":[{"y":null}],"n":-1.5}}"""));
        Assert.True(IsPlain("""{"timestamp": "2026-11-22T19:00:01Z", "event": "x", "data": {"a": [1, 2]}}"""));
        Assert.False(IsPlain("""{"timestamp":"2026-11-22T19:00:01Z","event":"x","role":"a\u0041"}"""));
    }

    private static bool IsPlain(string line) => PlainEventLine.TryRead(Encoding.UTF8.GetBytes(line), 0, new WordTable(), out _);

    private static void Agree(ReadOnlySpan<byte> line)
    {
        // What reaches either of them is UTF-8 and no blank.
        if (!System.Text.Unicode.Utf8.IsValid(line) || !line.ContainsAnyExcept(" \t\r"u8))
        {
            return;
        }

        var (fast, slow) = (new EventLog(), new EventLog());
        if (!PlainEventLine.TryRead(line, 7, fast.Words, out var row))
        {
            // It left no word behind that the other would not have.
            Assert.Equal(WordsOf(new EventLog()), WordsOf(fast));
            return;
        }

        fast.Add(row, 8);
        slow.Add(EventRowReader.ReadAny(line, 7, slow.Words), 8);
        Assert.True(slow[0].IsEvent, Encoding.UTF8.GetString(line));
        Assert.Equal(slow.Moment(0), fast.Moment(0));
        Assert.Equal(
            (slow[0].Offset, slow[0].Length, slow[0].Second, NotKept(slow[0])),
            (fast[0].Offset, fast[0].Length, fast[0].Second, NotKept(fast[0])));
    }

    private static string WordsOf(EventLog log) =>
        string.Join(' ', Enumerable.Range(1, log.Words.Count - 1).Select(number => log.Words[(ushort)number]));

    private static int NotKept(EventRow row) =>
        new[] { row.Name, row.Role, row.Status, row.Run, row.Detail }.Count(static word => word == WordTable.NotKept);

    private static string Object((string Name, string Value)[] fields, bool isSpaced) =>
        $"{{{string.Join(isSpaced ? ", " : ",", fields.Select(field => $"\"{field.Name}\":{(isSpaced ? " " : "")}{field.Value}"))}}}";
}
