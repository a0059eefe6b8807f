using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using Xunit;

namespace OpsManager.Tests.Configuration.Limits;

public sealed class RollbackConfigTests
{
    [Fact]
    public void How_much_disagreement_is_borne_can_be_chosen()
    {
        var rollback = UserConfig.Read("config.yaml", "rollback:\n  checks: 4\n  seconds: 60\n  every-seconds: 5\n").Rollback;

        Assert.Equal((4, 60, 5), (rollback.Limits.Checks, rollback.Limits.For.TotalSeconds, rollback.Check.Every.TotalSeconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rollback: {}\n")]
    public void What_is_not_said_is_two_checks_ten_seconds_and_a_check_every_half_minute(string text)
    {
        var rollback = UserConfig.Read("config.yaml", text).Rollback;

        Assert.Equal((2, 10, 30), (rollback.Limits.Checks, rollback.Limits.For.TotalSeconds, rollback.Check.Every.TotalSeconds));
    }

    [Theory]
    [InlineData("rollback:\n  checks: 0\n", "line 2: \"checks\" must be a whole number from 1 to 100")]
    [InlineData("rollback:\n  seconds: never\n", "line 2: \"seconds\" must be a whole number from 1 to 3600")]
    [InlineData("theme: dark\nrollback:\n  off: true\n", "line 3: there is no setting \"off\"")]
    [InlineData("rollback: no\n", "line 1: \"rollback\" must be a mapping")]
    public void What_it_may_not_be_is_told_with_its_line(string text, string why)
    {
        var error = Assert.Throws<SettingsException>(() => UserConfig.Read("config.yaml", text));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }
}
