using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// What the running program starts, and with what: nothing of the repository that it was opened in, and nothing with our secrets.
/// </summary>
public sealed class StartedProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the program, the libraries in it, and a shell may want to start.</summary>
    private static readonly string[] Bait = ["bash", "sh", "which", "xclip", "less", "more", "env", "uname", "tput", "stty", "tty", "git"];

    /// <summary>Tokens of ours, and what is to stay.</summary>
    private static readonly (string, string?)[] Secrets =
    [
        ("OPS_MANAGER_SERVICE_TOKEN", "secret-1"), ("OPS_MANAGER_SPRITE_TOKEN", "secret-2"), ("FAR_TOKEN", "secret-3"),
        ("SSH_AUTH_SOCK", "/run/agent"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("library")]
    public async Task Nothing_is_started_from_the_working_directory(string terminal)
    {
        Tool.Require("less");
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        foreach (var name in Bait)
        {
            File.Copy(home.Script($"bait-{name}", $"/bin/echo {name} >> {home.File("started")}"), Path.Combine(repo.Root, name));
        }

        // Only for the program: the shell around it must not fall for the bait.
        var program = $"PATH=\":.:$PATH:\" OPS_MANAGER_TERMINAL={terminal} {OpsManagerBinary.Path} --repo .";
        var command = $"cd {repo.Root}; {program}; cd /; echo left $?; exec /bin/sh";
        await using var screen = await TmuxScreen.StartAsync(command, 120, 30, Cancel, home.Environment(("PAGER", null)));
        await Shows(screen, "loop complete");

        if (terminal.Length == 0)
        {
            await screen.PressAsync(Cancel, "o");
            await Shows(screen, "{\"timestamp\":");
            await screen.PressAsync(Cancel, "q");
            await Shows(screen, "RUNS (1)");
        }

        await screen.PressAsync(Cancel, "q");
        await Shows(screen, "left 0");
        string[] started = File.Exists(home.File("started")) ? await File.ReadAllLinesAsync(home.File("started"), Cancel) : [];
        Assert.Empty(started);
    }

    [Fact]
    public async Task The_pager_gets_no_token_and_no_signal_that_a_parent_ignores()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        home.Config("config.yaml", "sprites: {far: {url: 'http://127.0.0.1:1', service-token: {env: FAR_TOKEN}}}");
        var told = home.File("told");
        var pager = home.Script("pager", $"{{ env; grep SigIgn /proc/self/status; }} > {told}; echo PAGER; read -r line");
        await using var screen = await TmuxScreen.StartAsync(
            $"trap '' HUP; {OpsManagerBinary.Path} --repo {repo.Root}; exec sh", 120, 30, Cancel,
            home.Environment([("PAGER", pager), .. Secrets]));
        await Shows(screen, "loop complete");

        await screen.PressAsync(Cancel, "o");
        await Shows(screen, "PAGER");
        await screen.PressAsync(Cancel, "Enter");
        await Shows(screen, "RUNS (1)");

        AssertClean(await File.ReadAllLinesAsync(told, Cancel));
    }

    [Fact]
    public async Task The_runtimes_command_gets_no_token_and_is_understood_whatever_signals_a_parent_ignores()
    {
        using var repo = new LiveRepo();
        using var home = new OperatorsHome();
        home.Config("config.yaml", "sprites: {far: {url: 'http://127.0.0.1:1', service-token: {env: FAR_TOKEN}}}");
        var told = home.File("told");
        var command = home.Script("superloop", $"{{ env; grep SigIgn /proc/self/status; }} > {told}; echo 'says no' >&2; exit 5");
        var arguments = $"--repo {repo.Root} --loop {LiveRepo.Loop} --intent cancel --superloop-bin {command} --timeout-seconds 20";
        var line = $"trap '' HUP CHLD; exec {OpsManagerBinary.Path} control {arguments}";
        var environment = home.Environment(Secrets).ToDictionary(static one => one.Key, static one => one.Value!);
        using var program = new RunningProgram(environment, "/bin/sh", ["-c", line]);

        var (code, output, error) = await program.EndAsync();

        Assert.Equal((1, "refused: says no\n"), (code, error));
        Assert.Contains("\"exitCode\":5", output, StringComparison.Ordinal);
        AssertClean(await File.ReadAllLinesAsync(told, Cancel));
    }

    private static void AssertClean(string[] told)
    {
        Assert.Contains("SSH_AUTH_SOCK=/run/agent", told);
        Assert.Contains("SigIgn:\t0000000000000000", told);
        Assert.DoesNotContain(told, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), Patience, Cancel);
}
