using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The scripts of <c>completion</c> in the shells that they are for, and the page of <c>man</c> in man.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly OperatorsHome home = new();

    public static TheoryData<string, string, string[]> Lines => new()
    {
        { "sta", "stage status", [] },
        { "inc", "incident incidents", [] },
        { "", "show", ["incident"] },
        { "--lo", "--loop", ["incident", "show"] },
        { "--j", "--json", ["ls"] },
        { "", "assisted passive", ["stage", "--loop", "checkout-flow", "--set"] },
        { "n", "none", ["--color"] },
        { "--fle", "--fleet", ["--repo", "status"] },
        { "", "bash fish zsh", ["completion"] },
        { "doc", "doctor", ["help"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bash_completes(string word, string expected, string[] before)
    {
        Tool.Require("bash");
        var words = string.Join(' ', before.Prepend("ops-manager").Append(word).Select(Tool.Quote));

        var output = await Tool.RunAsync(
            "bash",
            [
                "--norc", "-c",
                $"source <({Tool.Quote(OpsManagerBinary.Path)} completion bash); COMP_WORDS=({words}); COMP_CWORD={before.Length + 1}; "
                    + "_ops_manager; printf '%s\\n' \"${COMPREPLY[@]}\"",
            ],
            home.Environment(), Cancel);

        Assert.Equal(expected, Sorted(output));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_completes(string word, string expected, string[] before)
    {
        Tool.Require("zsh");
        var words = string.Join(' ', before.Prepend("ops-manager").Append(word).Select(Tool.Quote));

        // The completion system of zsh works at a prompt only: what it would be handed is printed instead.
        var output = await Tool.RunAsync(
            "zsh",
            [
                "-f", "-c",
                "compdef() { }; compset() { }; _files() { }; compadd() { shift; print -l -- \"$@\" }; "
                    + "_describe() { local -a all; all=(\"${(@P)@[-1]}\"); print -l -- \"${all[@]%%:*}\" }; "
                    + $"source <({Tool.Quote(OpsManagerBinary.Path)} completion zsh); words=({words}); CURRENT={before.Length + 2}; "
                    + $"PREFIX={Tool.Quote(word)}; _ops_manager",
            ],
            home.Environment(), Cancel);

        var fitting = output.Split('\n').Where(line => line.StartsWith(word, StringComparison.Ordinal));
        Assert.Equal(expected, Sorted(string.Join('\n', fitting)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Fish_completes(string word, string expected, string[] before)
    {
        Tool.Require("fish");
        var line = string.Join(' ', before.Prepend("ops-manager").Append(word));

        var output = await Tool.RunAsync(
            "fish",
            ["--no-config", "-c", $"{Tool.Quote(OpsManagerBinary.Path)} completion fish | source; complete -C{Tool.Quote(line)}"],
            home.Environment(), Cancel);

        Assert.Equal(expected, Sorted(string.Join('\n', output.Split('\n').Select(static one => one.Split('\t')[0]))));
    }

    [Fact]
    public async Task Man_shows_the_page_without_a_warning()
    {
        Tool.Require("man");
        Tool.Require("groff");
        var page = home.File("ops-manager.1");
        await File.WriteAllTextAsync(page, await Tool.RunAsync(OpsManagerBinary.Path, ["man"], home.Environment(), Cancel), Cancel);

        var shown = await Tool.RunAsync("sh", ["-c", $"man --warnings -l {Tool.Quote(page)} 2>&1"], home.Environment(), Cancel);

        Assert.Contains("ops-manager status --loop LOOP [options]", shown, StringComparison.Ordinal);
        Assert.Contains("ops-manager incident show ID [options]", shown, StringComparison.Ordinal);
        Assert.Contains("--repo REPO", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", shown, StringComparison.Ordinal);
    }

    public void Dispose() => home.Dispose();

    private static string Sorted(string lines) =>
        string.Join(' ', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
