using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class AsciiStandInTests
{
    // A window's title goes to the terminal as well, beside the cells.
    [Theory]
    [InlineData("ops-manager app", "ops-manager app")]
    [InlineData("café · 日本 ␛[2J", "caf? . ???? ?[2J")]
    [InlineData("", "")]
    public void A_whole_text_becomes_ascii_of_the_same_width(string text, string expected) =>
        Assert.Equal(expected, AsciiStandIn.ForAll(text));
}
