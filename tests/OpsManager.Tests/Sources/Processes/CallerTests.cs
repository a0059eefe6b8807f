using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Control.Notify;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Session;
using OpsManager.Sources.Processes;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Processes;

/// <summary>Everybody who starts a program does it through the door: the runtime's command, the hook, pull and the pager.</summary>
public sealed class CallerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-callers-").FullName;
    private readonly ChildProcess children = TestChildren.With(new Dictionary<string, string>
    {
        ["OPS_MANAGER_SERVICE_TOKEN"] = "secret-1",
        ["OPS_MANAGER_SPRITE_TOKEN"] = "secret-2",
        ["OTHERS_TOKEN"] = "secret-3",
        ["SSH_AUTH_SOCK"] = "/run/agent",
    });

    public static TheoryData<string> Callers => ["command", "hook", "pull", "pager"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task It_gets_the_environment_without_our_tokens_and_no_signal_is_ignored(string caller)
    {
        var program = TestChildren.Script(folder, """{ env; grep SigIgn /proc/self/status; } > "$0.got"; echo '{"ok":true,"loops":[]}'""");

        await StartAsync(caller, program);

        var got = File.ReadAllLines($"{program}.got");
        Assert.Contains("SSH_AUTH_SOCK=/run/agent", got);
        Assert.Contains("SigIgn:\t0000000000000000", got);
        Assert.DoesNotContain(got, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("command", "/no/such does not exist")]
    [InlineData("hook", "/no/such does not exist; change \"command\" of notify in config.yaml")]
    [InlineData("pull", "/no/such does not exist")]
    [InlineData("pager", "/no/such does not exist; set PAGER to the pager that you want")]
    public async Task A_program_that_is_missing_is_told_with_its_name(string caller, string fault) =>
        Assert.Equal(fault, await StartAsync(caller, "/no/such"));

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_program_that_fails_is_told_with_its_code(string caller)
    {
        // The pager has our own terminal: it would flood the test's.
        var program = TestChildren.Script(folder, caller == "pager" ? "exit 9" : "head -c 100000 /dev/zero >&2; exit 9");

        var wanted = caller switch
        {
            "command" => "9",
            "pull" => $"{program} ended with exit code 9: ",
            _ => $"{program} ended with exit code 9",
        };
        Assert.StartsWith(wanted, await StartAsync(caller, program), StringComparison.Ordinal);
    }

    /// <returns>What the caller says went wrong; null for nothing.</returns>
    private async Task<string?> StartAsync(string caller, string program)
    {
        var cancel = TestContext.Current.CancellationToken;
        switch (caller)
        {
            case "command":
                Intent.TryParse("cancel", null, out var intent);
                var request = new ControlRequest
                {
                    Repo = folder,
                    Loop = "l",
                    Intent = intent!,
                    By = "ada",
                    Command = new RuntimeCommand(program, "test"),
                    TraceId = "t",
                    IdempotencyKey = "k",
                    Timeout = Patience,
                };
                var execution = await new ProcessExecutor(children, TimeProvider.System).RunAsync(request, ["cancel"], cancel);
                return execution.Fault ?? (execution.ExitCode == 0 ? null : $"{execution.ExitCode}");
            case "hook":
                return await new HookProcess(children).RunAsync(new HookSettings([program], Patience, 1), "{}");
            case "pull":
                try
                {
                    await new CommandTransport(children, [program], null, "t", TimeProvider.System, Patience).LoopsAsync(cancel);
                    return null;
                }
                catch (ContractException error)
                {
                    return error.Message;
                }

            default:
                return OperatorsPager.Run(children, name => name == "PAGER" ? program : null, "/etc/hostname", null);
        }
    }
}
