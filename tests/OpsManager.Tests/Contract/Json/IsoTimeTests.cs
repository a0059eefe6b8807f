using System.Text;
using System.Text.Json;
using OpsManager.Contract.Json;
using Xunit;

namespace OpsManager.Tests.Contract.Json;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("2026-11-29T08:00:00Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-11-29t08:00:00z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("20261129T080000Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-11-29T08:00:00+05:30", "2026-11-29T08:00:00.0000000+05:30")]
    [InlineData("2026-11-29T08:00:00+0530", "2026-11-29T08:00:00.0000000+05:30")]
    [InlineData("20261129T080000-05", "2026-11-29T08:00:00.0000000-05:00")]
    [InlineData("2026-11-29T08:00:00\u221205:00", "2026-11-29T08:00:00.0000000-05:00")]
    [InlineData("2026-11-29T08:00:00.25Z", "2026-11-29T08:00:00.2500000+00:00")]
    [InlineData("2026-11-29T08:00:00,123456789Z", "2026-11-29T08:00:00.1234567+00:00")]
    [InlineData("2026-11-29T08:00Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-11-29T08:00,5Z", "2026-11-29T08:00:30.0000000+00:00")]
    [InlineData("2026-11-29T08Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-11-29T24:00:00Z", "2026-11-30T00:00:00.0000000+00:00")]
    [InlineData("20261231T240000Z", "2027-01-01T00:00:00.0000000+00:00")]
    [InlineData("2026-11-29T07:59:60Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-12-31T23:59:60.5Z", "2027-01-01T00:00:00.5000000+00:00")]
    [InlineData("2026-W48-7T08:00:00Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026W487T080000Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-333T08:00:00Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026333T080000Z", "2026-11-29T08:00:00.0000000+00:00")]
    [InlineData("2026-11-29T08:00:00+23:00", "2026-11-28T09:00:00.0000000+00:00")]
    public void Every_form_with_an_offset_is_read(string text, string expected)
    {
        Assert.True(IsoTime.TryParse(text, out var time));
        Assert.Equal(expected, time.ToString("o"));

        // The same in JSON, and with every character escaped.
        var json = $"\"{string.Concat(text.Select(static letter => $"\\u{(int)letter:x4}"))}\"";
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        Assert.True(IsoTime.TryRead(ref reader, out var escaped));
        Assert.Equal(time, escaped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-11-29T24:00:01Z")]
    [InlineData("2026-11-29T25:00:00Z")]
    [InlineData("2026-11-29T08:60:00Z")]
    [InlineData("2026-11-29T08:00:61Z")]
    [InlineData("2026-11-29T08:00:00.Z")]
    [InlineData("2026-11-29T08:00:Z")]
    [InlineData("2026-11-29TZ")]
    [InlineData("2026-11-29T08:00:00+")]
    [InlineData("2026-11-29T08:00:00+05:60")]
    [InlineData("2026-11-29T08:00:00Zx")]
    [InlineData("2026-W54-1T00:00:00Z")]
    [InlineData("2026-366T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T24:00:00Z")]
    [InlineData("1732302000")]
    public void What_is_no_time_is_none(string text) => Assert.False(IsoTime.TryParse(text, out _));
}
