using OpsManager.Tests.Service.Publish;
using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class PublishVerbTests
{
    [Fact]
    public async Task Publish_once_sends_what_is_there_and_ends()
    {
        await using var stream = await FleetStream.StartAsync();
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync(
            "publish", "--repo", shell.Root, "--nats-server", stream.Server.Url, "--sprite", FleetStream.Sprite, "--once");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal($"published {shell.Root} as {FleetStream.Sprite} to {stream.Server.Url}", result.Output.Trim());
        Assert.Equal(50, stream.Events(Shell.Loop).Count);
        Assert.Single(stream.Snapshots(Shell.Loop));
    }

    [Theory]
    [InlineData("no NATS server is named: give --nats-server")]
    [InlineData("--nats-server must be an address such as nats://HOST:4222", "--nats-server", "http://host")]
    [InlineData("--nats-server must have no user, password or token in it", "--nats-server", "nats://me:secret@host:4222")]
    [InlineData("--nats-server must end with the host or the port", "--nats-server", "nats://host:4222/x")]
    [InlineData("--nats-stream must be a name", "--nats-server", "nats://host", "--nats-stream", "a.b")]
    [InlineData("--nats-prefix must be words", "--nats-server", "nats://host", "--nats-prefix", "a..b")]
    [InlineData("--nats-credentials names no file", "--nats-server", "nats://host", "--nats-credentials", "/nowhere")]
    [InlineData("--nats-cert and --nats-key need each other", "--nats-server", "nats://host", "--nats-cert", "/etc/hostname")]
    [InlineData(
        "--nats-credentials and --nats-nkey cannot be used together", "--nats-server", "nats://host", "--nats-nkey", "/etc/hostname",
        "--nats-credentials", "/etc/hostname")]
    [InlineData("--sprite must be a name", "--nats-server", "nats://host", "--sprite", "")]
    [InlineData("--once and --accept-control cannot be used together", "--nats-server", "nats://host", "--once", "--accept-control")]
    public async Task A_flag_that_makes_no_sense_is_named_and_nothing_is_sent(string words, params string[] flags)
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync(["publish", "--repo", shell.Root, .. flags]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_takes_the_flags_of_publishing_only_with_publish()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("serve", "--repo", shell.Root, "--port", "0", "--nats-server", "nats://host");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--nats-server needs --publish", result.Error, StringComparison.Ordinal);
    }
}
