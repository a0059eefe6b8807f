using System.Net;
using System.Net.Sockets;
using OpsManager.Contract.Words;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>A fleet of which nothing is known, because the server of its stream is not there.</summary>
public sealed class UnreadStreamTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    [Fact]
    public async Task Fleet_status_does_not_call_a_fleet_well_that_it_cannot_read()
    {
        shell.Variables["XDG_CONFIG_HOME"] = shell.Root;
        shell.Variables["XDG_STATE_HOME"] = shell.Full("state");
        Directory.CreateDirectory(shell.Full("ops-manager"));
        File.WriteAllText(shell.Full("ops-manager/config.yaml"), $"nats:\n  servers: [\"nats://127.0.0.1:{UnusedPort()}\"]\n");

        var result = await shell.RunAsync("fleet", "status");

        Assert.Equal(ExitCodes.Unreadable, result.ExitCode);
        Assert.Contains("stream SUPERLOOP", result.Output, StringComparison.Ordinal);
        Assert.Contains("Not everything could be read: 1 source, 0 loops · 1 unreachable", result.Output, StringComparison.Ordinal);
        Assert.Contains("no server answers at that address", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my shop")]
    [InlineData("../../etc")]
    [InlineData("a%b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_name_that_no_screen_would_show_is_not_published(string name)
    {
        var result = await shell.RunAsync(
            "publish", "--once", "--repo", shell.Root, "--sprite", name, "--nats-server", $"nats://127.0.0.1:{UnusedPort()}");

        Assert.Equal(ExitCodes.Failed, result.ExitCode);
        Assert.Contains("--sprite must be a name of at most 64 letters", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => shell.Dispose();

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
