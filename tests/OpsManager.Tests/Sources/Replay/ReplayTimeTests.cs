using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

public sealed class ReplayTimeTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-11-22T23:50:00.500Z");
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(20);

    [Theory]
    [InlineData("0%", "00:00:00")]
    [InlineData("50%", "00:10:00")]
    [InlineData("12.5%", "00:02:30")]
    [InlineData("100%", "00:20:00")]
    [InlineData("5m", "00:05:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("1.5m", "00:01:30")]
    [InlineData("1m30s", "00:01:30")]
    [InlineData("500ms", "00:00:00.500")]
    [InlineData("2h", "00:20:00")]
    [InlineData("23:51:00", "00:00:59.500")]
    [InlineData("23:51", "00:00:59.500")]
    [InlineData("00:05:00", "00:14:59.500")]
    [InlineData("23:50:00", "00:00:00")]
    [InlineData("02:30", "00:02:30")]
    [InlineData("00:02:30", "00:12:29.500")]
    [InlineData("0:19", "00:00:19")]
    [InlineData("02:30z", "00:20:00")]
    [InlineData("23:40:00", "00:00:00")]
    [InlineData("00:30:00", "00:20:00")]
    [InlineData("2026-11-22T23:55:00.5Z", "00:05:00")]
    [InlineData("2026-11-21T00:00:00Z", "00:00:00")]
    public void A_moment_is_found_and_stays_inside_the_recording(string typed, string at) =>
        Assert.Equal(TimeSpan.Parse(at), ReplayTime.Parse(typed)!.In(Start, Length));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("soon")]
    [InlineData("%")]
    [InlineData("-5%")]
    [InlineData("5")]
    [InlineData("-5m")]
    [InlineData("5m5h")]
    [InlineData("24:00:01")]
    [InlineData("12:61:00")]
    [InlineData("12:00:60")]
    [InlineData("99999999999999999999d")]
    [InlineData("1e3s")]
    public void What_is_no_moment_is_none(string typed) => Assert.Null(ReplayTime.Parse(typed));

    [Theory]
    [InlineData("0", null)]
    [InlineData("0s", 0.0)]
    [InlineData("500ms", 0.5)]
    [InlineData("2s", 2.0)]
    [InlineData("1m", 60.0)]
    [InlineData("1h20m", 4800.0)]
    [InlineData("", null)]
    [InlineData("m", null)]
    [InlineData("1 m", null)]
    public void A_duration_has_units(string typed, double? seconds) =>
        Assert.Equal(seconds, ReplayTime.ParseDuration(typed)?.TotalSeconds);
}
