using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// Where there is no terminal that can show a screen, it says so in one line, names the plain lines, and does nothing else.
/// </summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("< /dev/null", "xterm", "standard input is not a terminal")]
    [InlineData("| cat", "xterm", "standard output is not a terminal")]
    [InlineData("", "dumb", "TERM=dumb cannot show a screen")]
    public async Task Without_a_screen_the_plain_lines_are_named_and_nothing_is_touched(string redirection, string term, string message)
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        var code = home.File("code");
        await using var pty = ScriptPty.Start(
            $"sh -c {Tool.Quote($"{{ {OpsManagerBinary.Path} --repo {repo.Root}; echo $? > {code}; }} {redirection}")}",
            environment: home.Environment(("TERM", term)));

        Assert.Equal(0, await pty.WaitForExitAsync(Patience, Cancel));

        Assert.Equal("1", (await File.ReadAllTextAsync(code, Cancel)).Trim());
        Assert.Equal(
            $"{message}. For plain lines use \"ops-manager watch --lines\".",
            pty.Output.Trim());
        Assert.True(pty.SettingsAreBack);
        Assert.False(Directory.Exists(home.Sessions));
    }

    [Fact]
    public async Task Doctor_names_what_a_repository_has_put_in_the_way_of_our_records()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        var ours = $".superloop/ops-manager/{Path.GetFileName(Directory.GetDirectories($"{repo.Root}/.superloop/loops")[0])}";
        Directory.CreateDirectory($"{repo.Root}/{ours}");
        File.CreateSymbolicLink($"{repo.Root}/{ours}/escalations.jsonl", "/etc/hostname");
        await using var pty = ScriptPty.Start(
            $"sh -c {Tool.Quote($"cd {repo.Root}; exec {OpsManagerBinary.Path} doctor --strict")}", 200, environment: home.Environment());

        Assert.Equal(1, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.Contains(
            $"{ours}/escalations.jsonl is not written: a symbolic link, which is not followed", pty.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_works_in_a_pipe()
    {
        using var program = new RunningProgram("doctor");
        var end = await program.EndAsync();
        Assert.Equal("", end.Error);
        Assert.DoesNotContain("\e", end.Output, StringComparison.Ordinal);
        Assert.Contains("terminal", end.Output, StringComparison.Ordinal);
    }
}
