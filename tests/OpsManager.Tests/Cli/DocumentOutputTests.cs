using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Cli;

/// <summary>A document is text on a terminal, and JSON everywhere else.</summary>
public sealed class DocumentOutputTests : IDisposable
{
    private readonly Shell shell = Shell.At("approval-approved", 11223);

    [Theory]
    [InlineData("status")]
    [InlineData("stage")]
    [InlineData("project")]
    public async Task A_pipe_and_the_flags_get_json_and_a_terminal_text(string verb)
    {
        await shell.LoopAsync("reconcile");
        var piped = await shell.LoopAsync(verb);
        shell.Columns = 80;

        var text = await shell.LoopAsync(verb);

        Assert.StartsWith("{\"schemaVersion\":\"v1\"", piped.Output, StringComparison.Ordinal);
        Assert.Equal(piped.Output, (await shell.LoopAsync(verb, "--json")).Output);
        Assert.StartsWith("{\n", (await shell.LoopAsync(verb, "--pretty")).Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.DoesNotContain("{", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_says_what_was_concluded_and_when()
    {
        await shell.LoopAsync("reconcile");
        shell.Columns = 80;

        var status = await shell.LoopAsync("status");

        Assert.Equal(
            [
                $"Loop             checkout-flow in {shell.Root}",
                "Lifecycle        waiting (high confidence)",
                "Decided by       approval.json is pending",
                "Contract status  waiting (high confidence), run 2026-11-22T19:19:21Z, iteration 1",
                "Health           healthy",
                "Events read      26 of 26",
            ],
            status.Lines.Take(6));
        Assert.StartsWith("Last reconcile   success, local, 2026-11-22T19:19:", status.Lines[6], StringComparison.Ordinal);
        Assert.Equal("Last control     none", status.Lines[7]);
    }

    [Fact]
    public async Task The_stage_says_who_set_it_and_why()
    {
        shell.Columns = 80;
        Assert.Equal(["Stage  assisted", "Set    never: this is the default"], (await shell.LoopAsync("stage")).Lines);

        var set = await shell.LoopAsync("stage", "--set", "passive", "--reason", "two cancels", "--by", "ada");

        Assert.StartsWith("Stage   passive\nSet     by ada at 2026-11-22T19:19:", set.Output, StringComparison.Ordinal);
        Assert.EndsWith("Reason  two cancels\n", set.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_that_waits_is_called_waiting_in_the_list()
    {
        var listed = await shell.RunAsync("ls", "--repo", shell.Root);

        Assert.Matches("^checkout-flow +waiting +awaiting_approval", listed.Lines[1]);
    }

    public void Dispose() => shell.Dispose();
}
