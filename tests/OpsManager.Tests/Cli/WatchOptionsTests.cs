using System.CommandLine;
using System.IO.Abstractions.TestingHelpers;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Session;
using Xunit;

namespace OpsManager.Tests.Cli;

/// <summary>What is watched where nothing was named.</summary>
public sealed class WatchOptionsTests
{
    private readonly MockFileSystem files = new();

    public WatchOptionsTests()
    {
        files.AddDirectory("/home/ada/.superloop");
        files.AddDirectory("/home/ada/work/app/src");
        files.Directory.SetCurrentDirectory("/home/ada/work/app/src");
    }

    [Fact]
    public void A_superloop_directory_without_loops_does_not_hide_the_demo() => Assert.True(Choice().IsNothing);

    [Fact]
    public void A_superloop_directory_without_loops_does_not_hide_the_sprites()
    {
        files.AddFile("/etc/xdg/ops-manager/config.yaml", new MockFileData("sprites:\n  app: { path: /srv/app }\n"));

        Assert.True(Choice().IsFleet);
    }

    [Fact]
    public void A_repository_with_a_loop_is_watched()
    {
        files.AddDirectory("/home/ada/work/app/.superloop/loops/checkout-flow");

        Assert.Equal(["/home/ada/work/app"], Choice().Repos);
    }

    [Fact]
    public void Repositories_are_named_with_the_flag_or_without()
    {
        files.AddDirectory("/srv/api/.superloop/loops/checkout-flow");
        files.AddDirectory("/srv/web/.superloop/loops/checkout-flow");

        Assert.Equal(["/srv/api", "/srv/web"], Choice(["--repo", "/srv/api"], "/srv/web", "/srv/api").Repos);
    }

    private WatchChoice Choice(string[]? args = null, params string[] more)
    {
        static string? Variable(string name) => name == "XDG_CONFIG_HOME" ? "/etc/xdg" : null;
        var options = new WatchOptions();
        var command = new RootCommand();
        options.AddTo(command);
        var context = new VerbContext(files, TimeProvider.System, Variable, static () => "trace-1");
        return options.From(command.Parse(args ?? []), context, UserSettings.Create(files, Variable), more);
    }
}
