using OpsManager.Cli;
using Xunit;

namespace OpsManager.Tests.Cli;

public sealed class BuildStampTests
{
    [Theory]
    [InlineData("1.2.3+0d9ce4ab", "1.2.3", "0d9ce4ab")]
    [InlineData("1.2.3-beta.1+0d9ce4ab", "1.2.3-beta.1", "0d9ce4ab")]
    [InlineData("1.2.3", "1.2.3", null)]
    [InlineData("1.2.3+", "1.2.3", null)]
    public void A_build_outside_a_repository_has_a_version_and_no_commit(string text, string version, string? commit) =>
        Assert.Equal(new BuildStamp(version, commit), BuildStamp.Parse(text));

    [Fact]
    public void This_build_has_a_version() => Assert.Matches(@"^\d+\.\d+\.\d+", BuildStamp.Current.Version);
}
