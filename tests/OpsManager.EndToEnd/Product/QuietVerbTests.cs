using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>No verb sends a byte to the terminal that is not its text, and none leaves it in another mode.</summary>
public sealed class QuietVerbTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Verbs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var verb in new[]
            {
                "--version", "--help", "--no-such-option", "snapshot --help", "snapshot --repo REPO", "events --repo REPO --loop LOOP",
                "loops --repo REPO",
                "status --repo REPO", "validate --repo REPO", "reconcile --repo REPO", "doctor", "keys", "incidents --repo REPO",
                "stage --repo REPO",
                "control --repo REPO --loop LOOP --intent cancel --superloop-bin COMMAND --timeout-seconds 1",
            })
            {
                data.Add(verb, "");
                data.Add(verb, " > /dev/null");
                data.Add(verb, " < /dev/null");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_sends_its_text_alone(string verb, string redirection)
    {
        using var repo = new LiveRepo();
        using var home = new OperatorsHome();
        var command = home.Script("superloop", "echo 'says no' >&2; exit 5");
        var line = verb.Replace("REPO", repo.Root, StringComparison.Ordinal).Replace("LOOP", LiveRepo.Loop, StringComparison.Ordinal)
            .Replace("COMMAND", command, StringComparison.Ordinal);
        await using var pty = ScriptPty.Start($"{OpsManagerBinary.Path} {line}{redirection}", environment: home.Environment());

        await pty.WaitForExitAsync(Patience, Cancel);

        AssertText(pty);
        Assert.True(redirection.Contains('>', StringComparison.Ordinal) || pty.Output.Length > 0, "it printed nothing");
    }

    [Theory]
    [InlineData("watch --lines --repo REPO", false)]
    [InlineData("watch --lines --repo REPO", true)]
    [InlineData("watch --json --repo REPO", false)]
    [InlineData("serve --repo REPO --port 0", false)]
    [InlineData("serve --repo REPO --port 0", true)]
    public async Task A_verb_that_is_continued_and_interrupted_has_sent_its_text_alone(string verb, bool redirected)
    {
        using var repo = new LiveRepo();
        using var home = new OperatorsHome();
        var printed = home.File("printed");
        var line =
            $"{OpsManagerBinary.Path} {verb.Replace("REPO", repo.Root, StringComparison.Ordinal)}{(redirected ? $" > {printed}" : "")}";
        await using var pty = ScriptPty.Start(line, environment: home.Environment());
        // Its first line: it is at work.
        await (redirected
            ? FilledAsync(printed)
            : pty.WaitForAsync(static output => output.Contains('\n', StringComparison.Ordinal), Patience, Cancel));

        await pty.SignalAsync("CONT", Cancel);
        await pty.SignalAsync("INT", Cancel);
        await pty.WaitForExitAsync(Patience, Cancel);

        AssertText(pty);
    }

    [Theory]
    [InlineData("status --loop L")]
    [InlineData("snapshot --repo . --loop L")]
    [InlineData("watch --lines")]
    public async Task In_a_working_directory_that_was_deleted_it_says_so(string verb)
    {
        using var home = new OperatorsHome();
        var gone = home.File("gone");
        await using var pty = ScriptPty.Start(
            $"sh -c {Tool.Quote($"mkdir {gone}; cd {gone}; rmdir {gone}; exec {OpsManagerBinary.Path} {verb}")}",
            environment: home.Environment());

        Assert.NotEqual(0, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.Contains("The working directory was deleted", pty.Output, StringComparison.Ordinal);
    }

    private static void AssertText(ScriptPty pty)
    {
        Assert.DoesNotContain(
            pty.Output, static character => char.IsControl(character) && character is not '\r' and not '\n' and not '\t');
        Assert.True(pty.SettingsAreBack, "the settings of the terminal are not what they were");
    }

    private static async Task FilledAsync(string file)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            await glances.WaitForNextTickAsync(limit.Token);
        }
    }
}
