using System.Text.Json;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real program calls the operator: on the screen's terminal, and by a command of their own.</summary>
public sealed class NotifyTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        repo.Dispose();
        home.Dispose();
    }

    [Fact]
    public async Task Watching_lines_runs_the_command_with_what_happened_on_its_stdin()
    {
        var hook = home.Script("hook", """cat > "$1.new" && mv "$1.new" "$1" """);
        home.Config("config.yaml", $"notify:\n  command: [{hook}, '{home.File("got it")}']\n");
        using var watch = new RunningProgram(
            home.Environment().ToDictionary(static variable => variable.Key, static variable => variable.Value!), "watch", "--lines",
            "--repo", repo.Root);
        await watch.LineAsync("lifecycle  running");

        repo.AskApproval();
        await watch.LineAsync("lifecycle  awaiting_approval");

        using var json = JsonDocument.Parse(await GotAsync("got it"));
        Assert.Equal("approval_asked", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(
            (repo.Root, repo.RunId),
            (json.RootElement.GetProperty("repoPath").GetString(), json.RootElement.GetProperty("runId").GetString()));
    }

    [Theory]
    [InlineData("", "\a")]
    [InlineData("--notify osc9", "\e]9;ops-manager ")]
    [InlineData("--notify osc777", "\e]777;notify;ops-manager ")]
    public async Task The_screen_calls_through_its_terminal_in_the_form_that_was_asked_for(string flags, string call)
    {
        await using var pty = ScriptPty.Start(
            $"{OpsManagerBinary.Path} --repo {Tool.Quote(repo.Root)} {flags}", 80, 24, home.Environment());
        var screen = new PtyScreen(pty, 80, 24);
        await screen.WaitForAsync(static text => text.Contains("running", StringComparison.Ordinal), Patience, Cancel);
        Assert.DoesNotContain(call, pty.Output, StringComparison.Ordinal);

        repo.AskApproval();
        await pty.WaitForAsync(sent => sent.Contains(call, StringComparison.Ordinal), Patience, Cancel);

        await pty.SendAsync("q", Cancel);
        Assert.Equal(0, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.Equal(2, pty.Output.Split(call).Length);
    }

    private async Task<string> GotAsync(string name)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!File.Exists(home.File(name)))
        {
            Assert.True(await glances.WaitForNextTickAsync(limit.Token));
        }

        return await File.ReadAllTextAsync(home.File(name), Cancel);
    }
}
