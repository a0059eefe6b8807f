using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>On a terminal a verb prints text for people, and on a pipe JSON for scripts.</summary>
public sealed class TextOnTerminalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stage", "Stage  assisted")]
    [InlineData("project", "Contract status  ")]
    [InlineData("stage | cat", "{\"schemaVersion\":\"v1\",\"stage\":\"assisted\"")]
    [InlineData("stage --json", "{\"schemaVersion\":\"v1\",\"stage\":\"assisted\"")]
    [InlineData("project | cat", "{\"schemaVersion\":\"v1\"")]
    public async Task What_a_verb_prints_depends_on_who_reads_it(string verb, string expected)
    {
        using var repo = new LiveRepo();
        using var home = new OperatorsHome();
        var words = verb.Split(' ', 2);
        var line = $"{OpsManagerBinary.Path} {words[0]} --repo {repo.Root} --loop {LiveRepo.Loop} {string.Concat(words[1..])}";
        await using var pty = ScriptPty.Start(line, environment: home.Environment());

        Assert.Equal(0, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.Contains(expected, pty.Output, StringComparison.Ordinal);
    }
}
