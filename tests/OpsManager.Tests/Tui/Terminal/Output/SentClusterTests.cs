using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class SentClusterTests
{
    private const string Family = "👨\u200D👩\u200D👧";

    [Theory]
    [InlineData("é", 1)]
    [InlineData("│", 1)]
    [InlineData("你", 2)]
    public void What_all_terminals_agree_about_is_sent_as_it_is(string cluster, int width) =>
        Assert.Equal(new SentCluster(cluster, false, width), SentCluster.For(cluster, width, width, asciiOnly: false));

    [Fact]
    public void Where_terminals_differ_the_widest_of_them_decides_how_far_it_reaches()
    {
        var sent = SentCluster.For(Family, 2, room: 10, asciiOnly: false);
        Assert.Equal((Family, true), (sent.Text, sent.IsDisputed));
        Assert.InRange(sent.Reach, 3, 10);
    }

    [Theory]
    [InlineData(Family, 2, "  ")]
    [InlineData("e\u0301", 1, "e")]
    public void What_may_not_fit_is_a_letter_without_its_marks_or_blank(string cluster, int width, string sent) =>
        Assert.Equal(new SentCluster(sent, false, width), SentCluster.For(cluster, width, room: width, asciiOnly: false));

    [Fact]
    public void What_nobody_cleaned_is_replaced()
    {
        foreach (var cluster in new[] { "\e", "\u202E", "\uD800", "e" + new string('\u0301', 40) })
        {
            Assert.Equal("\uFFFD", SentCluster.For(cluster, 1, room: 10, asciiOnly: false).Text);
        }
    }

    [Theory]
    [InlineData("│", 1, "|")]
    [InlineData("你", 2, "??")]
    public void Where_only_ascii_may_be_sent_a_stand_in_as_wide_is(string cluster, int width, string sent) =>
        Assert.Equal(new SentCluster(sent, false, width), SentCluster.For(cluster, width, room: 10, asciiOnly: true));
}
