using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using Xunit;

namespace OpsManager.Tests.Contract.Tapes;

public sealed class TapeReaderTests
{
    private const string Header = """{"tape":"v1","title":"A run","recordedAt":"2026-11-22T19:00:00Z"}""";

    [Fact]
    public void Every_kind_of_step_is_read_with_its_time_and_its_line()
    {
        var tape = Read(
            Header,
            """{"atMs":0,"op":"put","path":".superloop/state.json","text":"{}"}""",
            "",
            """{"atMs":5,"op":"append","path":".superloop/loops/a/events.jsonl","text":"é\n"}""",
            """{"atMs":5,"op":"remove","path":".superloop/state.json"}""",
            """{"atMs":7,"op":"process","pid":42,"alive":false}""",
            """{"atMs":9,"op":"mark","loop":"a","truth":"failed","why":"it died","reference":"running"}""");

        Assert.Equal("A run", tape.Title);
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T19:00:00Z"), tape.RecordedAt);
        Assert.Equal(TimeSpan.FromMilliseconds(9), tape.Length);
        Assert.Equal([2, 4, 5, 6, 7], tape.Steps.Select(static step => step.Line));
        Assert.Equal("{}"u8.ToArray(), Assert.IsType<TapePut>(tape.Steps[0]).Text);
        Assert.Equal("é\n"u8.ToArray(), Assert.IsType<TapeAppend>(tape.Steps[1]).Text);
        Assert.Equal(".superloop/state.json", Assert.IsType<TapeRemove>(tape.Steps[2]).Path);
        Assert.Equal(new TapeProcess(TimeSpan.FromMilliseconds(7), 6, 42, false), tape.Steps[3]);
        Assert.Equal(new TapeMark(TimeSpan.FromMilliseconds(9), 7, "a", Lifecycle.Failed, "it died", Lifecycle.Running), tape.Steps[4]);
    }

    [Fact]
    public void What_a_recorder_may_add_of_a_process_and_of_the_repository_is_read()
    {
        var tape = Read(
            Header.Replace("}", ",\"repo\":\"/srv/app\"}", StringComparison.Ordinal),
            """{"atMs":7,"op":"process","pid":42,"alive":true,"command":"bash superloop.sh run","loop":"a","startedAt":"2026-11-22T18:59:00Z","pgid":41,"state":"stopped"}""",
            """{"atMs":8,"op":"process","pid":42,"alive":true,"fate":"unreadable"}""",
            """{"atMs":9,"op":"process","pid":42,"alive":false,"fate":"gone"}""");

        Assert.Equal("/srv/app", tape.Repo);
        var seen = new TapeProcess(TimeSpan.FromMilliseconds(7), 2, 42, true)
        {
            Command = "bash superloop.sh run",
            Loop = "a",
            StartedAt = DateTimeOffset.Parse("2026-11-22T18:59:00Z"),
            Group = 41,
            State = ProcessState.Stopped,
        };
        Assert.Equal(
            [seen, new TapeProcess(TimeSpan.FromMilliseconds(8), 3, 42, true) { IsUnreadable = true },
                new TapeProcess(TimeSpan.FromMilliseconds(9), 4, 42, false)],
            tape.Steps);
    }

    [Theory]
    [InlineData("""{"atMs":5,"op":"process","pid":4,"alive":true,"state":"asleep"}""",
        "\"state\" is \"asleep\"; it must be one of running, stopped, frozen")]
    [InlineData("""{"atMs":5,"op":"process","pid":4,"alive":true,"fate":"eaten"}""",
        "\"fate\" is \"eaten\"; it must be gone or unreadable")]
    [InlineData("""{"atMs":1,"op":"put","path":"a","text":"x" """, "invalid JSON in night, line 3: line 1, column")]
    [InlineData("[]", "\"atMs\" must be a whole number of milliseconds from 0 to 3155760000000")]
    [InlineData("7", "\"atMs\" must be a whole number of milliseconds from 0 to 3155760000000")]
    [InlineData("""{"op":"remove","path":"a"}""", "\"atMs\" must be")]
    [InlineData("""{"atMs":-1,"op":"remove","path":"a"}""", "\"atMs\" must be")]
    [InlineData("""{"atMs":99999999999999,"op":"remove","path":"a"}""", "\"atMs\" must be")]
    [InlineData("""{"atMs":4,"op":"remove","path":"a"}""", "\"atMs\" goes back to 4 after 5; steps must be in order")]
    [InlineData("""{"atMs":5,"op":"rename","path":"a"}""", "\"op\" is \"rename\"; it must be one of put, append, remove, process, mark")]
    [InlineData("""{"atMs":5}""", "it must be one of put, append, remove, process, mark")]
    [InlineData("""{"atMs":5,"op":"put","text":"x"}""", "\"path\" must be relative to the repository and stay inside it")]
    [InlineData("""{"atMs":5,"op":"put","path":"","text":"x"}""", "\"path\" must be")]
    [InlineData("""{"atMs":5,"op":"put","path":"/etc/passwd","text":"x"}""", "\"path\" must be")]
    [InlineData("""{"atMs":5,"op":"put","path":"a/../../b","text":"x"}""", "\"path\" must be")]
    [InlineData("""{"atMs":5,"op":"put","path":"a"}""", "\"text\" must be a string")]
    [InlineData("""{"atMs":5,"op":"append","path":"a","text":5}""", "\"text\" must be a string")]
    [InlineData("""{"atMs":5,"op":"process","alive":true}""", "\"pid\" must be a number")]
    [InlineData("""{"atMs":5,"op":"process","pid":4,"alive":"yes"}""", "\"alive\" must be true or false")]
    [InlineData("""{"atMs":5,"op":"mark","truth":"idle","reference":"idle"}""", "\"loop\" must name a loop")]
    [InlineData(
        """{"atMs":5,"op":"mark","loop":"a","truth":"dead","reference":"idle"}""",
        "\"truth\" is \"dead\"; it must be one of unknown, idle, running")]
    [InlineData("""{"atMs":5,"op":"mark","loop":"a","truth":"idle"}""", "\"reference\" is \"\"; it must be one of")]
    public void A_faulty_step_is_refused_with_the_tape_the_line_and_what_is_expected(string line, string expected)
    {
        var fault = Assert.Throws<ContractException>(() => Read(Header, """{"atMs":5,"op":"remove","path":"a"}""", line));

        Assert.Contains("night, line 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tape":"v2","title":"t","recordedAt":"2026-11-22T19:00:00Z"}""", "the first line must be")]
    [InlineData("""{"atMs":0,"op":"remove","path":"a"}""", "the first line must be")]
    [InlineData("""{"tape":"v1","title":"t"}""", "\"recordedAt\" must be an ISO 8601 time")]
    [InlineData("""{"tape":"v1","title":"t","recordedAt":"yesterday"}""", "\"recordedAt\" must be an ISO 8601 time")]
    [InlineData("{", "invalid JSON in night, line 2")]
    [InlineData("""{"tape":"v1","title":"t","recordedAt":"9999-12-31T23:59:59Z"}""", "of the years 1970 to 9000")]
    [InlineData("""{"tape":"v1","title":"t","recordedAt":"0001-01-01T00:00:00Z"}""", "of the years 1970 to 9000")]
    public void A_faulty_header_is_refused(string header, string expected)
    {
        var fault = Assert.Throws<ContractException>(() => Read("", header));

        Assert.Contains("night, line 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n\t\n")]
    public void An_empty_tape_is_refused(string text)
    {
        var fault = Assert.Throws<ContractException>(() => TapeReader.Read("night", new MemoryStream(Encoding.UTF8.GetBytes(text))));

        Assert.StartsWith("invalid tape night, line 1: the file is empty", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_may_be_missing_and_steps_too()
    {
        var tape = Read("""{"tape":"v1","recordedAt":"2026-11-22T19:00:00Z"}""");

        Assert.Equal("night", tape.Title);
        Assert.Equal(TimeSpan.Zero, tape.Length);
    }

    [Fact]
    public void A_line_beyond_the_limit_is_refused()
    {
        var step = $$"""{"atMs":5,"op":"put","path":"a","text":"{{new string('x', TapeReader.MaxLineBytes)}}"}""";

        var fault = Assert.Throws<ContractException>(() => Read(Header, step));

        Assert.Equal($"tape night, line 2: longer than {TapeReader.MaxLineBytes} bytes, so it is not read", fault.Message);
    }

    [Fact]
    public void A_tape_may_start_with_a_byte_order_mark() =>
        Assert.Equal("t", Read("\uFEFF{\"tape\":\"v1\",\"title\":\"t\",\"recordedAt\":\"2026-11-22T19:00:00Z\"}").Title);

    private static Tape Read(params string[] lines) =>
        TapeReader.Read("night", new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
