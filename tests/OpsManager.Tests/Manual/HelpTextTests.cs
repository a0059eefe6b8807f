using OpsManager.Cli;
using OpsManager.Manual;
using OpsManager.Sources.Files;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Manual;

public sealed class HelpTextTests
{
    internal static VerbEntry Root() => VerbEntry.From(
        CommandLine.Root(new VerbContext(new HostFileSystem(), TimeProvider.System, static _ => null, static () => "trace-1")));

    [Fact]
    public void The_help_of_every_verb_fits_eighty_columns() => Assert.All(Root().All, static verb =>
        Assert.All(HelpText.Lines(verb, 80), static line => Assert.InRange(line.Length, 0, 80)));

    [Fact]
    public void Everything_has_a_text_that_is_a_sentence() => Assert.All(Root().All, static verb => Assert.All(
        [verb.About, .. verb.Flags.Select(static flag => flag.About), .. verb.Arguments.Select(static one => one.About)],
        static text => Assert.Matches(@"^\S.*[.)\-]$", text)));

    [Fact]
    public async Task Help_for_a_verb_is_what_the_verb_says_of_itself()
    {
        using var shell = Shell.At("completes");

        var asked = await shell.RunAsync("help", "incident", "show");
        var alias = await shell.RunAsync("help", "ls");

        Assert.Equal((0, ""), (asked.ExitCode, asked.Error));
        Assert.Equal((await shell.RunAsync("incident", "show", "--help")).Output, asked.Output);
        Assert.Equal((await shell.RunAsync("loops", "--help")).Output, alias.Output);
        Assert.Equal((await shell.RunAsync("--help")).Output, (await shell.RunAsync("help")).Output);
    }

    [Fact]
    public async Task Help_for_a_verb_that_is_not_there_says_which_was_meant()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("help", "staus");

        Assert.Equal((1, "there is no verb \"staus\"; did you mean \"status\"?\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void What_is_required_and_where_the_default_comes_from_is_in_the_text()
    {
        var status = Root().Verbs.Single(static verb => verb.Path == "status");

        Assert.Equal("ops-manager status --loop LOOP [options]", status.Usage);
        Assert.Equal("Loop id. Required.", status.Flags[0].Text);
        var window = status.Flags.Single(static flag => flag.Name == "--summary-window");
        Assert.EndsWith("Default: 200.", window.Text, StringComparison.Ordinal);
    }
}
