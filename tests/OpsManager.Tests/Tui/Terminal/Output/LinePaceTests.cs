using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class LinePaceTests
{
    private const int Frame = 1000;

    private readonly FakeTimeProvider time = new();
    private readonly LinePace pace;
    private readonly SlowLine line;

    public LinePaceTests() => (pace, line) = (new LinePace(time), new SlowLine(time, 960, 20_000));

    [Fact]
    public void A_line_that_is_never_full_is_never_waited_for()
    {
        for (var frames = 0; frames < 1000; frames++)
        {
            pace.Wrote(10_000, false);
            Assert.Equal(TimeSpan.Zero, pace.Wait(static () => true));
        }

        Assert.Null(pace.Rate);
    }

    [Fact]
    public void A_line_that_is_full_for_a_moment_at_every_large_frame_and_idle_between_is_not_slow()
    {
        for (var frames = 0; frames < 100; frames++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            pace.Writing();
            time.Advance(TimeSpan.FromMilliseconds(2));
            pace.Wrote(10_000, true);

            Assert.Null(pace.Rate);
            Assert.Equal(TimeSpan.Zero, pace.Wait(static () => true));
        }
    }

    [Fact]
    public void One_hold_up_is_no_slow_line()
    {
        pace.Wrote(Frame, true);
        Assert.True(pace.Wait(static () => false) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, pace.Wait(static () => true));
        for (var seconds = 0; seconds < 20; seconds++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            pace.Wrote(Frame, false);
        }

        // It hangs again, much later.
        pace.Wrote(Frame, true);
        Assert.Null(pace.Rate);
    }

    [Fact]
    public void A_slow_line_is_measured_and_then_little_is_on_its_way()
    {
        Draw(TimeSpan.FromSeconds(60));
        Assert.InRange(pace.Rate!.Value, 500, 1000);

        var most = 0.0;
        for (var minutes = 0; minutes < 3; minutes++)
        {
            most = Math.Max(most, Draw(TimeSpan.FromSeconds(60)));
        }

        // The frame that is being sent, and hardly any of the one before.
        Assert.InRange(most, Frame, Frame * 2);
    }

    [Fact]
    public void A_line_that_became_faster_is_found_so()
    {
        Draw(TimeSpan.FromSeconds(60));
        line.BytesPerSecond = 1_000_000;
        var before = pace.Rate!.Value;
        Draw(TimeSpan.FromMinutes(60));
        Assert.True(pace.Rate > before * 5, $"{before} to {pace.Rate}");
    }

    [Fact]
    public void Another_line_is_measured_anew()
    {
        Draw(TimeSpan.FromSeconds(60));
        pace.Forget();
        Assert.Null(pace.Rate);
        Assert.Equal(TimeSpan.Zero, pace.Wait(static () => false));
    }

    /// <summary>Draws a frame whenever it may be drawn, at most twenty a second; gives the most bytes that were on their way.</summary>
    private double Draw(TimeSpan duration)
    {
        var most = 0.0;
        var end = time.GetUtcNow() + duration;
        while (time.GetUtcNow() < end)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            if (pace.Wait(() => line.HasRoom) == TimeSpan.Zero)
            {
                pace.Writing();
                pace.Wrote(Frame, line.Take(Frame));
                most = Math.Max(most, line.Queued);
            }
        }

        return most;
    }

    /// <summary>Buffers, and a line that empties them.</summary>
    private sealed class SlowLine(FakeTimeProvider time, double bytesPerSecond, int capacity)
    {
        private double queued;
        private DateTimeOffset at = time.GetUtcNow();

        public double BytesPerSecond { get; set; } = bytesPerSecond;

        public bool HasRoom => Queued < capacity - 500;

        public double Queued
        {
            get
            {
                queued = Math.Max(0, queued - (BytesPerSecond * (time.GetUtcNow() - at).TotalSeconds));
                at = time.GetUtcNow();
                return queued;
            }
        }

        /// <summary>True where it had to be waited until there was room for all.</summary>
        public bool Take(int bytes)
        {
            var waits = Queued + bytes > capacity;
            if (waits)
            {
                time.Advance(TimeSpan.FromSeconds((Queued + bytes - capacity) / BytesPerSecond));
            }

            queued = Queued + bytes;
            return waits;
        }
    }
}
