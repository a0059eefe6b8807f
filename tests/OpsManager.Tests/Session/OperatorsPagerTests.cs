using OpsManager.Session;
using Xunit;

namespace OpsManager.Tests.Session;

public sealed class OperatorsPagerTests
{
    [Theory]
    [InlineData(null, 12, "less", "+12 /srv/a/x.json")]
    [InlineData("", null, "less", "/srv/a/x.json")]
    [InlineData("less -R -S", 3, "less", "-R -S +3 /srv/a/x.json")]
    [InlineData("/usr/bin/vim", 3, "/usr/bin/vim", "+3 /srv/a/x.json")]
    [InlineData("bat --paging always", 3, "bat", "--paging always /srv/a/x.json")]
    [InlineData("evil; rm -rf /", null, "evil;", "rm -rf / /srv/a/x.json")]
    public void The_words_of_PAGER_are_arguments_and_never_a_shell(string? pager, int? line, string program, string arguments)
    {
        var command = OperatorsPager.Command(name => name == "PAGER" ? pager : null, "/srv/a/x.json", line);

        Assert.Equal((program, arguments), (command.Program, string.Join(' ', command.Arguments)));
    }

    [Fact]
    public void A_pager_that_is_not_there_is_said_in_words() =>
        Assert.Equal(
            "no-such-pager-here is not on PATH; set PAGER to the pager that you want",
            OperatorsPager.Run(
                TestChildren.Create(), static name => name == "PAGER" ? "no-such-pager-here" : null, "/etc/hostname", null));

    [Fact]
    public void A_pager_that_fails_is_said_with_its_code() =>
        Assert.Equal(
            "false ended with exit code 1",
            OperatorsPager.Run(TestChildren.Create(), static name => name == "PAGER" ? "false" : null, "/etc/hostname", null));
}
