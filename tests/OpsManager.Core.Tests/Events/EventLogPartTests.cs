using System.Text;
using CsCheck;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventLogPartTests
{
    [Fact]
    public void An_index_is_written_and_read_row_for_row_in_a_few_bytes_each()
    {
        var log = Log(10_000);
        var bytes = Written(log);
        var read = Read(bytes, log.EndOffset)!;

        Assert.Equal(log.Count, read.Count);
        Assert.Equal(log.EndOffset, read.EndOffset);
        Assert.All(Enumerable.Range(0, log.Count), row => Assert.Equal(log[row], read[row]));
        Assert.All(Enumerable.Range(0, log.Count), row => Assert.Equal(log.Moment(row), read.Moment(row)));
        Assert.True(bytes.Length < 6 * log.Count, $"{bytes.Length} bytes");
    }

    [Fact]
    public void A_part_stays_as_it_was_while_the_index_grows()
    {
        var log = Log(100);
        var part = new EventLogPart(log);
        var before = Written(log);
        Append(log, "another_event", 7);
        var writer = new IndexWriter();
        part.Write(writer);

        Assert.Equal(before, writer.Written.ToArray());
    }

    [Fact]
    public void Bytes_that_are_no_index_are_refused_and_nothing_is_thrown()
    {
        var log = Log(40);
        var bytes = Written(log);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte.Array[0, 12], Gen.Bool).Sample((at, damage, isCut) =>
        {
            byte[] bad = [.. bytes[..at], .. damage, .. isCut ? [] : bytes[Math.Min(bytes.Length, at + damage.Length)..]];
            if (Read(bad, log.EndOffset) is { } read)
            {
                // It may be another index, but it is one: every row can be read.
                Assert.All(Enumerable.Range(0, read.Count), row => Assert.NotNull(read.Moment(row)));
                Assert.True(read.EndOffset <= log.EndOffset);
                Assert.True(read.Iterations.CountWithin(read.Count) >= 0);
            }
        });
        Gen.Byte.Array[0, 200].Sample(static bytes => _ = Read(bytes, 1000));
    }

    private static EventLog? Read(byte[] bytes, long size) => EventLogPart.Read(bytes, size);

    private static byte[] Written(EventLog log)
    {
        var writer = new IndexWriter();
        new EventLogPart(log).Write(writer);
        return writer.Written.ToArray();
    }

    private static EventLog Log(int lines)
    {
        var log = new EventLog();
        for (var line = 0; line < lines; line++)
        {
            Append(log, line % 13 == 0 ? "iteration_start" : line % 2 == 0 ? "role_start" : "gate_end", line);
        }

        return log;
    }

    private static void Append(EventLog log, string name, int number)
    {
        var line = Encoding.UTF8.GetBytes(number % 17 == 16 ? "no event" : $$"""
            {"timestamp":"2026-11-22T19:{{number / 60 % 60:00}}:{{number % 60:00}}Z","event":"{{name}}","iteration":{{number / 13}},"role":"a"}
            """);
        log.Add(EventRowReader.Read(line, log.EndOffset, log.Words), log.EndOffset + line.Length + 1);
    }
}
