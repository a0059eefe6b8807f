using OpsManager.Tui.Terminal.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class EscapeDelayTests
{
    [Theory]
    [InlineData(null, null, null, 60)]
    [InlineData("25", null, null, 25)]
    [InlineData("25", "10.0.0.1 5 10.0.0.2 22", null, 25)]
    [InlineData("999999", null, null, 10_000)]
    [InlineData("-5", null, null, 60)]
    [InlineData("soon", null, "/dev/pts/3", 300)]
    [InlineData(null, "10.0.0.1 5 10.0.0.2 22", null, 300)]
    [InlineData(null, "", "", 60)]
    public void It_is_that_of_ESCDELAY_or_longer_over_SSH(string? delay, string? connection, string? terminal, int milliseconds)
    {
        var found = EscapeDelay.From(name => name switch
        {
            "ESCDELAY" => delay,
            "SSH_CONNECTION" => connection,
            "SSH_TTY" => terminal,
            _ => null,
        });

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), found);
    }
}
