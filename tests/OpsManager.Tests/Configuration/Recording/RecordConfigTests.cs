using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using Xunit;

namespace OpsManager.Tests.Configuration.Recording;

/// <summary>What the screen records is chosen in config.yaml.</summary>
public sealed class RecordConfigTests
{
    [Fact]
    public void Nothing_is_recorded_unless_it_is_asked_for()
    {
        var record = UserConfig.Read("config.yaml", "theme: dark").Record;

        Assert.Equal((false, 256L * 1024 * 1024), (record.IsAlways, record.MaxBytes));
        Assert.False(UserConfig.Read("config.yaml", "record: off").Record.IsAlways);
    }

    [Fact]
    public void It_may_be_always_with_a_size_in_mebibytes()
    {
        var record = UserConfig.Read("config.yaml", "record: always\nrecord-size: 64\nredact: ['ACME-[0-9]+']").Record;

        Assert.Equal((true, 64L * 1024 * 1024), (record.IsAlways, record.MaxBytes));
        Assert.Equal(["ACME-[0-9]+"], record.Redact);
    }

    [Theory]
    [InlineData("record: sometimes", "config.yaml, line 1: \"record\" must be always or off")]
    [InlineData("record-size: 0", "config.yaml, line 1: \"record-size\" must be a whole number from 1 to 1048576")]
    public void Anything_else_is_refused_with_its_line(string text, string why)
    {
        Assert.Equal(why, Assert.Throws<SettingsException>(() => UserConfig.Read("config.yaml", text)).Message);
    }
}
