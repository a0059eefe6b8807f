using System.Text;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventRowReaderTests
{
    [Fact]
    public void A_line_is_read_with_all_that_the_fold_needs()
    {
        var moment = LogText.Moment(
            """{"timestamp":"2026-11-22T19:00:01Z","event":"role_end","loop_id":"a","run_id":"r1","iteration":3,"role":"planner","status":"ok","message":"m","data":{"x":[{"status":"inner"}],"status":"error"}}""");

        Assert.Equal(
            new EventMoment(1, "role_end", "planner", "ok", "r1", 3, DateTimeOffset.Parse("2026-11-22T19:00:01Z"), "error"), moment);
    }

    [Fact]
    public void The_name_may_stand_under_type() =>
        Assert.Equal("role_end", LogText.Moment("""{"timestamp":"2026-11-22T19:00:01Z","type":"role_end"}""").Name);

    [Theory]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","type":"no","event":"yes"}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"yes","type":"no"}""")]
    [InlineData("""{"event":"yes","type":"no","timestamp":"2026-11-22T19:00:01Z"}""")]
    public void Event_wins_over_type_wherever_it_stands(string line) => Assert.Equal("yes", LogText.Moment(line).Name);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\r")]
    public void A_blank_line_is_no_event_and_no_fault(string line)
    {
        var row = LogText.Index(line)[0];

        Assert.Equal(KnownEvents.Blank, row.Name);
        Assert.False(row.IsEvent);
    }

    [Theory]
    [InlineData("""{"event":"x"}""")]
    [InlineData("""{"event":"x","timestamp":""}""")]
    [InlineData("""{"event":"x","timestamp":1732302000}""")]
    [InlineData("""{"event":"x","timestamp":null}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z"}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":""}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":5}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":null}""")]
    [InlineData("""{"data":{"timestamp":"2026-11-22T19:00:01Z","event":"x"}}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"x"} x""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"x"}{}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"x",}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"x" """)]
    [InlineData("""[{"timestamp":"2026-11-22T19:00:01Z","event":"x"}]""")]
    [InlineData("\"event\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("\0\0\0")]
    public void A_line_that_is_no_event_is_invalid_and_keeps_its_place(string line)
    {
        var row = LogText.Index("", line)[1];

        Assert.Equal(KnownEvents.Invalid, row.Name);
        Assert.False(row.IsEvent);
        Assert.Equal((1L, Encoding.UTF8.GetByteCount(line)), (row.Offset, row.Length));
    }

    [Fact]
    public void A_time_that_cannot_be_read_costs_the_time_and_not_the_event()
    {
        var moment = LogText.Moment("""{"timestamp":"yesterday","event":"x"}""");

        Assert.Equal(("x", null), (moment.Name, moment.At));
    }

    [Theory]
    [InlineData("2026-11-22T21:00:01+02:00", "2026-11-22T19:00:01Z")]
    [InlineData("2026-11-22T19:00:01.999Z", "2026-11-22T19:00:01Z")]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("1969-12-31T23:59:59Z", null)]
    [InlineData("9999-12-31T23:59:59Z", null)]
    public void Times_are_kept_in_whole_seconds_of_utc_where_they_can_be(string written, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected), LogText.Moment($$"""{"timestamp":"{{written}}","event":"x"}""").At);

    [Theory]
    [InlineData("3", 3)]
    [InlineData("\"3\"", 3)]
    [InlineData("3.0", 3)]
    [InlineData("3e0", 3)]
    [InlineData("-1", null)]
    [InlineData("3.5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("1e400", null)]
    [InlineData("\"many\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    [InlineData("[1,[2]]", null)]
    [InlineData("{\"iteration\":4}", null)]
    public void An_iteration_of_any_shape_is_a_number_or_nothing(string written, int? expected)
    {
        var moment = LogText.Moment($$"""{"timestamp":"2026-11-22T19:00:01Z","iteration":{{written}},"event":"x","role":"r"}""");

        Assert.Equal(("x", expected, "r"), (moment.Name, moment.Iteration, moment.Role));
    }

    [Fact]
    public void Escapes_in_words_are_resolved()
    {
        var moment = LogText.Moment(
            """{"timestamp":"2026-11-22T19:00:01\u005a","event":"role\u005fend","role":"a\"b\\c\n","run_id":"\ud83d\ude00"}""");

        Assert.Equal(("role_end", "a\"b\\c\n", "😀"), (moment.Name, moment.Role, moment.RunId));
        Assert.NotNull(moment.At);
    }

    [Fact]
    public void A_known_name_that_is_written_with_escapes_has_its_number() =>
        Assert.Equal(KnownEvents.LoopStop, LogText.Index("""{"timestamp":"2026-11-22T19:00:01Z","event":"loop\u005fstop"}""")[0].Name);

    [Fact]
    public void Half_a_surrogate_pair_in_a_word_is_shown_as_a_stand_in()
    {
        var moment = LogText.Moment("""{"timestamp":"2026-11-22T19:00:01Z","event":"a\ud800","role":"\udc00b\ud83d\ude00"}""");

        Assert.Equal(("a\uFFFD", "\uFFFDb😀"), (moment.Name, moment.Role));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_make_the_line_invalid() =>
        Assert.Equal(
            KnownEvents.Invalid,
            EventRowReader.Read([.. """{"timestamp":"2026-11-22T19:00:01Z","event":"x"""u8, 0xFF, .. "\"}"u8], 0, new WordTable()).Name);

    [Fact]
    public void Half_a_surrogate_pair_in_a_message_harms_nothing() =>
        Assert.Equal("x", LogText.Moment("""{"timestamp":"2026-11-22T19:00:01Z","message":"\ud800","event":"x"}""").Name);

    [Theory]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","\ud800":1,"event":"x"}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","a\ud800":1,"event":"x"}""")]
    [InlineData("""{"timestamp":"2026-11-22T19:00:01Z","event":"x","data":{"\ud800rations12":1}}""")]
    public void Half_a_surrogate_pair_in_the_name_of_a_field_that_nobody_reads_harms_nothing(string line) =>
        Assert.Equal("x", LogText.Moment(line).Name);

    [Fact]
    public void Side_fields_of_another_type_are_only_absent()
    {
        var moment = LogText.Moment(
            """{"timestamp":"2026-11-22T19:00:01Z","role":{"a":1},"status":[1],"run_id":7,"data":"text","event":"x"}""");

        Assert.Equal(new EventMoment(1, "x", null, null, null, null, DateTimeOffset.Parse("2026-11-22T19:00:01Z"), null), moment);
    }

    [Theory]
    [InlineData("""{"max_iterations":15,"mode":"x"}""", "15")]
    [InlineData("""{"reason":"max_iterations"}""", "max_iterations")]
    [InlineData("""{"reason":"max_iterations","max_iterations":3}""", "max_iterations")]
    [InlineData("""{"max_iterations":3,"reason":"max_iterations"}""", "max_iterations")]
    [InlineData("""{"reason":null,"max_iterations":3}""", "3")]
    [InlineData("""{"reason":"a","status":"b"}""", "b")]
    [InlineData("""{"nested":{"reason":"no"},"list":["reason","no"]}""", null)]
    [InlineData("""{"reason":null}""", null)]
    [InlineData("""{"reason":{"text":"no"}}""", null)]
    [InlineData("""{}""", null)]
    public void The_one_word_of_data_is_kept(string data, string? expected)
    {
        var moment = LogText.Moment($$"""{"timestamp":"2026-11-22T19:00:01Z","event":"x","data":{{data}},"status":"ok"}""");

        Assert.Equal((expected, "ok"), (moment.Detail, moment.Status));
    }

    [Fact]
    public void Of_a_field_that_stands_twice_the_last_one_counts() =>
        Assert.Equal("two", LogText.Moment("""{"timestamp":"2026-11-22T19:00:01Z","event":"x","role":"one","role":"two"}""").Role);

    [Fact]
    public void Nesting_too_deep_to_read_makes_the_line_invalid() =>
        Assert.Equal(
            KnownEvents.Invalid,
            LogText.Index(
                $$"""{"timestamp":"2026-11-22T19:00:01Z","event":"x","data":{"d":{{new string('[', 5000)}}{{new string(']', 5000)}} } }""")[0].Name);

    [Fact]
    public void An_unknown_name_is_kept_as_it_is() =>
        Assert.Equal("recovery_後_step", LogText.Moment("""{"timestamp":"2026-11-22T19:00:01Z","event":"recovery_後_step"}""").Name);

    [Fact]
    public void A_name_too_long_to_keep_is_an_event_all_the_same()
    {
        var row = LogText.Index($$"""{"timestamp":"2026-11-22T19:00:01Z","event":"{{new string('x', WordTable.MaxBytes + 1)}}"}""")[0];

        Assert.True(row.IsEvent);
        Assert.Equal(WordTable.NotKept, row.Name);
    }

    [Fact]
    public void A_line_of_known_words_is_read_without_an_allocation()
    {
        var words = new WordTable();
        var line =
            """{"timestamp":"2026-11-22T19:00:01Z","event":"role_end","run_id":"r1","iteration":3,"role":"planner","status":"ok","message":"text","data":{"a":[1,2,3]}}"""u8;
        EventRowReader.Read(line, 0, words);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            EventRowReader.Read(line, 0, words);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
