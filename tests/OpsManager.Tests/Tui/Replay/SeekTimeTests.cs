using System.Globalization;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Replay;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

public sealed class SeekTimeTests
{
    [Theory]
    [InlineData("12:03:40", "00:03:10")]
    [InlineData("12:03:40Z", "00:03:10")]
    [InlineData("12:03", "00:02:30")]
    [InlineData("12:00:30", "00:00:00")]
    [InlineData("73%", "00:29:12")]
    [InlineData("0%", "00:00:00")]
    [InlineData("12.5 %", "00:05:00")]
    [InlineData("5m", "00:05:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("0h2m", "00:02:00")]
    [InlineData("2m3s", "00:02:03")]
    public void A_moment_inside_of_the_recording(string typed, string at)
    {
        var time = SeekTime.Parse(typed, State(TimeSpan.FromMinutes(40)));

        Assert.Equal(new SeekTime(TimeSpan.Parse(at, CultureInfo.InvariantCulture), null), time);
    }

    [Theory]
    [InlineData("11:59:00", 0, "the recording starts at 12:00:30Z")]
    [InlineData("12:55:00", 40, "the recording is 40m00s long and ends at 12:40:30Z")]
    [InlineData("101%", 40, "the recording is 40m00s long and ends at 12:40:30Z")]
    [InlineData("1h2m", 40, "the recording is 40m00s long and ends at 12:40:30Z")]
    [InlineData("999999d", 40, "the recording is 40m00s long and ends at 12:40:30Z")]
    public void A_moment_outside_of_it_is_its_start_or_end_and_says_so(string typed, int minutes, string note)
    {
        Assert.Equal(new SeekTime(TimeSpan.FromMinutes(minutes), note), SeekTime.Parse(typed, State(TimeSpan.FromMinutes(40))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("25:00")]
    [InlineData("12:03:99")]
    [InlineData("12:03:40:1")]
    [InlineData("%")]
    [InlineData("-5%")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("5x")]
    [InlineData("2m1h")]
    [InlineData("-5m")]
    public void Anything_else_is_none(string typed) => Assert.Null(SeekTime.Parse(typed, State(TimeSpan.FromMinutes(40))));

    [Fact]
    public void In_a_recording_over_midnight_the_nearest_moment_is_meant()
    {
        var state = State(TimeSpan.FromHours(40));

        Assert.Equal(TimeSpan.FromHours(13) - TimeSpan.FromSeconds(30), SeekTime.Parse("01:00", state)!.Value.At);
        Assert.Equal(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(30), SeekTime.Parse("13:00", state)!.Value.At);
        var later = state with { At = TimeSpan.FromHours(30) };
        Assert.Equal(TimeSpan.FromHours(25) - TimeSpan.FromSeconds(30), SeekTime.Parse("13:00", later)!.Value.At);
    }

    [Fact]
    public void Before_anything_was_read_there_is_only_the_start()
    {
        var state = State(TimeSpan.Zero) with { RecordedAt = default };

        Assert.Equal(TimeSpan.Zero, SeekTime.Parse("12:00", state)!.Value.At);
        Assert.Equal(TimeSpan.Zero, SeekTime.Parse("5m", state)!.Value.At);
    }

    private static ReplayState State(TimeSpan length) => new()
    {
        Recording = new RecordingInfo("made", "Made"),
        Index = 0,
        Count = 1,
        RecordedAt = new DateTimeOffset(2026, 11, 22, 12, 0, 30, TimeSpan.Zero),
        Length = length,
        ReadTo = length,
    };
}
