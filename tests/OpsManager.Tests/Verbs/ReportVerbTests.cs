using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class ReportVerbTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Without_a_file_a_report_is_markdown_on_standard_output()
    {
        var result = await shell.RunAsync("report", "role-fails");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("# checkout-flow: failed\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("### process_gone (error, since 2026-11-22 19:20:47Z)", result.Output, StringComparison.Ordinal);
        Assert.Contains("| process | process 18365 has exited |", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_a_repository_has_the_lifecycle_of_now_and_says_that_the_past_is_inferred()
    {
        var result = await shell.LoopAsync("report");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("# checkout-flow: complete\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("the lifecycle is inferred from the log", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_forms_are_written_into_files_and_what_was_there_is_replaced()
    {
        var (html, md) = (shell.Full("report.html"), shell.Full("report.md"));
        await File.WriteAllTextAsync(html, new string('x', 1_000_000), TestContext.Current.CancellationToken);

        var result = await shell.RunAsync("report", "long-run", "--html", html, "--md", md);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal([html, md], result.Lines);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken));
        Assert.EndsWith("</html>\n", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken));
        Assert.StartsWith("# checkout-flow: complete\n", await File.ReadAllTextAsync(md, TestContext.Current.CancellationToken));
        Assert.Equal(["report.html", "report.md"], Directory.GetFiles(shell.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dash_is_standard_output()
    {
        var result = await shell.RunAsync("report", "completes", "--html", "-");

        Assert.StartsWith("<!DOCTYPE html>", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no file, no directory and no sample run \"nope\"", "nope")]
    [InlineData("two-loops has 2 loops, so name one", "two-loops")]
    [InlineData("a report is about the newest run of a loop", "completes@1")]
    [InlineData("name two places; leave one out", "completes", "--repo", ".")]
    public async Task What_cannot_be_reported_is_one_line_and_exit_code_1(string message, params string[] args)
    {
        var result = await shell.RunAsync(["report", .. args]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_the_place_of_the_file_is_not_followed()
    {
        var (target, link) = (shell.Full("target"), shell.Full("link.html"));
        await File.WriteAllTextAsync(target, "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, target);

        await shell.RunAsync("report", "completes", "--html", link);

        Assert.Equal("mine", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Text_of_a_log_reaches_the_terminal_as_text()
    {
        var result = await shell.RunAsync("report", "hostile-text");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain(result.Output, static letter => char.IsControl(letter) && letter is not '\n');
    }
}
