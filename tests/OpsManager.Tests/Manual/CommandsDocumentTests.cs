using OpsManager.Manual;
using Xunit;

namespace OpsManager.Tests.Manual;

public sealed class CommandsDocumentTests
{
    private const string Begin = "<!-- begin of what `UPDATE_GOLDEN=1 dotnet test` writes -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_document_has_every_verb_and_option_of_the_program()
    {
        var path = RepoRoot.Combine("docs", "cli.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(from, Begin.Length, to);
        var sections = string.Concat(CommandsMarkdown.Lines(HelpTextTests.Root()).Select(static line => line + "\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, $"{text[..from]}\n{sections}\n{text[to..]}");
            return;
        }

        Assert.True(text[from..to] == $"\n{sections}\n", "docs/cli.md is stale: write it anew with UPDATE_GOLDEN=1 dotnet test");
    }
}
