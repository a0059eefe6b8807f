using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventLogTests
{
    private const int Rows = 50_000;

    [Fact]
    public void Rows_stay_as_they_were_added_across_every_chunk()
    {
        var log = Filled();

        Assert.Equal(Rows, log.Count);
        Assert.Equal(Rows * 10L, log.EndOffset);
        for (var row = 0; row < Rows; row++)
        {
            Assert.Equal((row * 10L, row), (log[row].Offset, log[row].Iteration));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(20_479, 2048)]
    [InlineData(20_480, 2048)]
    [InlineData(20_481, 2049)]
    [InlineData(499_990, 49_999)]
    [InlineData(499_991, 50_000)]
    [InlineData(long.MaxValue, 50_000)]
    public void The_row_at_an_offset_is_the_first_that_does_not_stand_before_it(long offset, int expected) =>
        Assert.Equal(expected, Filled().RowAt(offset, Rows));

    [Fact]
    public void The_row_at_an_offset_is_looked_for_only_among_the_rows_that_were_asked_for()
    {
        var log = Filled();

        Assert.Equal(100, log.RowAt(long.MaxValue, 100));
        Assert.Equal(0, log.RowAt(5, 0));
    }

    [Fact]
    public void A_row_takes_32_bytes() => Assert.Equal(32, System.Runtime.CompilerServices.Unsafe.SizeOf<EventRow>());

    [Fact]
    public async Task A_reader_sees_whole_rows_while_another_thread_appends()
    {
        var log = new EventLog();
        var writer = Task.Run(() => Fill(log), TestContext.Current.CancellationToken);
        var seen = 0;
        while (seen < Rows)
        {
            var count = log.Count;
            for (; seen < count; seen++)
            {
                Assert.Equal((seen * 10L, seen), (log[seen].Offset, log[seen].Iteration));
            }
        }

        await writer;
    }

    [Fact]
    public void Lines_count_from_one_and_a_row_without_a_time_has_none()
    {
        var moment = Filled().Moment(4);

        Assert.Equal((5, null), (moment.Line, moment.At));
    }

    private static EventLog Filled()
    {
        var log = new EventLog();
        Fill(log);
        return log;
    }

    private static void Fill(EventLog log)
    {
        for (var row = 0; row < Rows; row++)
        {
            log.Add(new EventRow { Offset = row * 10, Length = 9, Name = KnownEvents.RoleEnd, Iteration = row }, (row + 1) * 10);
        }
    }
}
