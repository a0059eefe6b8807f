using OpsManager.Cli;
using OpsManager.Configuration.Keymaps;
using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class KeysDocumentTests
{
    private const string Begin = "<!-- begin of what `UPDATE_GOLDEN=1 dotnet test` writes -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_tables_of_the_document_are_those_of_the_program()
    {
        var path = RepoRoot.Combine("docs", "keys.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(from, Begin.Length, to);
        var tables = Tables();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, $"{text[..from]}\n{tables}\n{text[to..]}");
            return;
        }

        Assert.True(text[from..to] == $"\n{tables}\n", "docs/keys.md is stale: write it anew with UPDATE_GOLDEN=1 dotnet test");
    }

    [Fact]
    public async Task The_verb_prints_the_tables_of_the_document()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("keys", "--markdown");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(Tables(), result.Output);
    }

    private static string Tables() => string.Concat(
        KeysMarkdown.Lines([.. new[] { "default", "emacs", "vim" }.Select(KeymapCatalog.Shipped)]).Select(static line => line + "\n"));
}
