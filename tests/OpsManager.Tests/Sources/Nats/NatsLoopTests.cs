using OpsManager.Sources.Nats;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

public sealed class NatsLoopTests
{
    [Fact]
    public void Events_that_find_no_room_leave_none_behind_and_give_it_back_when_they_are_read()
    {
        var room = new EventRoom();
        var (one, other) = (new NatsLoop(room), new NatsLoop(room));
        Assert.True(room.TryTake((int)(EventRoom.MaxBytes - 3000)));
        one.Take(Event(1, 1000));
        other.Take(Event(1, 1000));

        // The third does not fit: what is behind a gap would be taken for all there is.
        other.Take(Event(2, 1000));
        Assert.Null(other.Behind("log", 0, 10, 10));
        Assert.Single(one.Behind("log", 0, 10, 10)!);

        // What the loop dropped is free again.
        other.Take(Event(3, 1000));
        Assert.Single(other.Behind("log", 2, 10, 10)!);
    }

    [Fact]
    public void Two_readers_of_one_log_each_find_where_they_were()
    {
        var loop = new NatsLoop(new EventRoom());
        loop.WasRead(0, Event(1000, 1) with { Sequence = 5000 });
        loop.WasRead(0, Event(10, 1) with { Sequence = 40 });
        loop.WasRead(1000, Event(1001, 1) with { Sequence = 5010 });
        loop.WasRead(10, Event(20, 1) with { Sequence = 80 });

        Assert.Equal(5011UL, loop.SequenceBehind(1001));
        Assert.Equal(81UL, loop.SequenceBehind(25));
        Assert.Equal(1UL, loop.SequenceBehind(3));
    }

    private static KeptEvent Event(long line, int bytes) => new("log", line, line - 1, (ulong)line, new byte[bytes]);
}
