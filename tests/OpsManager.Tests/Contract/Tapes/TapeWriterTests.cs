using System.Text;
using CsCheck;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using Xunit;

namespace OpsManager.Tests.Contract.Tapes;

public sealed class TapeWriterTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-11-22T19:00:00Z");

    // A tape is text: whatever is no text is not in one.
    private static readonly Gen<string> Text =
        Gen.String.Select(static text => new string([.. text.Where(static letter => !char.IsSurrogate(letter))]));

    private static readonly Gen<string> Path =
        Gen.String[Gen.Char.AlphaNumeric, 1, 12].Array[1, 4].Select(static parts => ".superloop/" + string.Join('/', parts));

    private static readonly Gen<Lifecycle> Word = Gen.Enum<Lifecycle>();

    private static readonly Gen<TapeStep> Step = Gen.OneOf<TapeStep>(
        Gen.Select(Path, Text, static (path, text) => (TapeStep)new TapePut(default, 0, path, Encoding.UTF8.GetBytes(text))),
        Gen.Select(Path, Text, static (path, text) => (TapeStep)new TapeAppend(default, 0, path, Encoding.UTF8.GetBytes(text))),
        Path.Select(static path => (TapeStep)new TapeRemove(default, 0, path)),
        Gen.Select(
            Gen.Int.Positive, Gen.Bool, Text.Null(), Text.Null(), Gen.Int[0, 100_000_000].Nullable(), Gen.Int.Positive.Nullable(),
            Gen.Enum<ProcessState>(), Gen.Bool,
            static (pid, alive, loop, command, started, group, state, isUnreadable) => (TapeStep)new TapeProcess(default, 0, pid, alive)
            {
                Loop = loop,
                Command = command,
                StartedAt = started is { } seconds ? Start.AddSeconds(-seconds) : null,
                Group = group,
                State = state,
                IsUnreadable = isUnreadable,
            }),
        Gen.Select(Text, Word, Text, Word, static (loop, truth, why, reference) =>
            (TapeStep)new TapeMark(default, 0, loop, truth, why, reference)));

    [Fact]
    public void What_is_written_is_read_back_as_it_was() =>
        Gen.Select(Gen.Select(Step, Gen.Int[0, 100_000]).Array[0, 12], Text, Text.Null()).Sample((drawn, title, repo) =>
        {
            var at = 0;
            var steps = drawn.Select((one, place) => one.Item1 with { At = TimeSpan.FromMilliseconds(at += one.Item2), Line = place + 2 });
            var tape = new Tape("night", title, Start, [.. steps]) { Repo = repo };
            using var stream = new MemoryStream();

            TapeWriter.Write(tape, stream);

            var back = TapeReader.Read("night", new MemoryStream(stream.ToArray()));
            Assert.Equal((tape.Title, tape.RecordedAt, tape.Repo), (back.Title, back.RecordedAt, back.Repo));
            Assert.Equal(tape.Steps.Select(Plain), back.Steps.Select(Plain));
            Assert.Equal(back, TapeReader.ReadToCut("night", new MemoryStream(stream.ToArray())) with { Steps = back.Steps });
        });

    [Fact]
    public async Task Each_line_is_what_the_schema_says()
    {
        var tape = new Tape("night", "A run", Start,
        [
            new TapePut(default, 2, ".superloop/state.json", "{}"u8.ToArray()),
            new TapeAppend(default, 3, ".superloop/loops/a/events.jsonl", "é\n"u8.ToArray()),
            new TapeRemove(default, 4, ".superloop/state.json"),
            new TapeProcess(default, 5, 42, true)
            {
                Command = "bash", Loop = "a", StartedAt = Start, Group = 41, State = ProcessState.Frozen,
            },
            new TapeProcess(default, 6, 42, true) { IsUnreadable = true },
            new TapeMark(TimeSpan.FromSeconds(1), 7, "a", Lifecycle.Failed, "it died", Lifecycle.Running),
        ])
        { Repo = "/srv/app" };
        using var stream = new MemoryStream();

        TapeWriter.Write(tape, stream);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(7, lines.Length);
        foreach (var line in lines)
        {
            await Schema.AssertValidAsync("tape", line);
        }
    }

    [Fact]
    public void What_was_not_recorded_is_not_written()
    {
        using var stream = new MemoryStream();

        TapeWriter.Write(new Tape("night", "A run", Start, [new TapeProcess(default, 2, 42, false)]), stream);

        Assert.Equal(
            """{"atMs":0,"op":"process","pid":42,"alive":false}""", Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[1]);
    }

    /// <summary>A step that is compared by what it holds, bytes too.</summary>
    private static object Plain(TapeStep step) => step switch
    {
        TapePut put => ("put", put.At, put.Line, put.Path, Convert.ToHexString(put.Text)),
        TapeAppend append => ("append", append.At, append.Line, append.Path, Convert.ToHexString(append.Text)),
        _ => step,
    };
}
