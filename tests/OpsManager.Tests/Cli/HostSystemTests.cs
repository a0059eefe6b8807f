using System.Runtime.InteropServices;
using OpsManager.Cli;
using Xunit;

namespace OpsManager.Tests.Cli;

public sealed class HostSystemTests
{
    [Fact]
    public void On_linux_it_runs() => Assert.Null(HostSystem.Refusal(static system => system == OSPlatform.Linux));

    [Theory]
    [InlineData("WINDOWS", "Windows", "in WSL 2")]
    [InlineData("OSX", "macOS", "in a Linux container")]
    [InlineData("FREEBSD", "another system", "in a Linux container")]
    public void Elsewhere_it_says_that_it_runs_on_linux_only_and_where_to_run_it(string system, string name, string place) => Assert.Equal(
        $"ops-manager runs on Linux only, and this host has {name}. Run it {place}, or over SSH on the host of your loops.",
        HostSystem.Refusal(one => one == OSPlatform.Create(system)));
}
