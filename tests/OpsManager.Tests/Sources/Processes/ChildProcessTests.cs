using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Processes;

/// <summary>Real programs through the door. Only time limits are made up.</summary>
public sealed class ChildProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-child-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_gets_its_words_its_input_and_its_directory_and_its_exit_code_is_told()
    {
        var file = TestChildren.Script(folder, """pwd; for word; do printf '[%s]' "$word"; done; cat; echo fault >&2; exit 7""");
        var result = await RunAsync(new ChildCommand(file, ["two words", "$HOME `id`", "*", "", "--"])
        {
            Input = "é\nend",
            MaxOutputBytes = 1000,
            MaxErrorBytes = 1000,
            WorkingDirectory = folder,
        });

        Assert.Equal((7, null, true), (result.ExitCode, result.Fault, result.WasStarted));
        Assert.Equal("fault\n", Encoding.UTF8.GetString(result.Errors.Span));
        Assert.Equal($"{folder}\n[two words][$HOME `id`][*][][--]é\nend", Text(result));
        Assert.True(result.HasAllOutput);
    }

    [Fact]
    public async Task No_token_of_ours_is_handed_on_and_everything_else_is()
    {
        var children = TestChildren.With(new Dictionary<string, string>
        {
            ["OPS_MANAGER_SERVICE_TOKEN"] = "s1",
            ["OPS_MANAGER_SPRITE_TOKEN"] = "s2",
            ["OTHERS_TOKEN"] = "s3",
            ["SSH_AUTH_SOCK"] = "/run/agent",
            ["GITHUB_TOKEN"] = "theirs",
            ["EMPTY"] = "",
        });

        var all = await children.RunAsync(new ChildCommand("env", []) { MaxOutputBytes = 10_000 }, Cancel);
        Assert.Equal(
            ["EMPTY=", "GITHUB_TOKEN=theirs", "PATH=/usr/bin:/bin", "SSH_AUTH_SOCK=/run/agent"],
            Text(all).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

        var narrow = new ChildCommand("env", []) { MaxOutputBytes = 10_000, Variables = ["PATH", "OTHERS_TOKEN"] };
        var some = await children.RunAsync(narrow, Cancel);
        Assert.Equal("PATH=/usr/bin:/bin\n", Text(some));
    }

    [Fact]
    public async Task Nothing_of_how_this_process_treats_signals_and_files_is_handed_on()
    {
        // The runtime ignores SIGPIPE, as a parent under nohup ignores SIGHUP.
        Assert.DoesNotContain("SigIgn:\t0000000000000000", File.ReadAllText("/proc/self/status"), StringComparison.Ordinal);
        using var open = File.Create(Path.Combine(folder, "opened-by-this-process"));
        var file = TestChildren.Script(folder, """
            grep -E '^Sig(Ign|Blk)' /proc/self/status
            cut -d' ' -f5-7 /proc/$$/stat; echo $$ $$ 0
            ls -l /proc/$$/fd
            """);

        var lines = Text(await RunAsync(new ChildCommand(file, []) { MaxOutputBytes = 10_000 })).Split('\n');

        Assert.Equal(["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"], lines[..2]);
        // Group, session and terminal: the first of both, and none.
        Assert.Equal(lines[3], lines[2]);
        Assert.Contains(lines, static line => line.Contains(" 2 -> pipe:", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, static line => line.Contains("opened-by-this-process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_is_bounded_and_does_not_hold_the_program_up()
    {
        var file = TestChildren.Script(folder, "head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2; exit 3");
        var command = new ChildCommand(file, []) { MaxOutputBytes = 1000, MaxErrorBytes = 10, Input = new string('x', 1_000_000) };
        var result = await RunAsync(command);

        Assert.Equal((3, 1000, true, 10), (result.ExitCode, result.Output.Length, result.IsOutputCut, result.Errors.Length));
    }

    [Fact]
    public async Task At_the_limit_everything_is_killed_orphans_and_those_in_sessions_of_their_own_too()
    {
        // One that ignores what can be ignored and has lost its parent; one in another session; one that starts others all the time.
        var file = TestChildren.Script(folder, """
            cd "$(dirname "$0")"
            trap '' TERM HUP INT
            (trap '' TERM HUP INT; sleep 1000 & echo $! > orphan)
            setsid sleep 1000 & echo $! > session
            (while :; do sleep 0.01; done) & echo $! > busy
            mv busy started
            wait
            """);
        var time = new FakeTimeProvider();
        var running = TestChildren.Create(time).RunAsync(new ChildCommand(file, []) { Timeout = TimeSpan.FromSeconds(10) }, Cancel);
        Assert.True(Eventually.Is(() => File.Exists(Path.Combine(folder, "started")), Patience));
        string[] pids = [.. new[] { "orphan", "session", "started" }.Select(name => File.ReadAllText(Path.Combine(folder, name)).Trim())];
        Assert.All(pids, static pid => Assert.True(TestChildren.IsRunning(pid)));

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var result = await running.WaitAsync(Patience, Cancel);

        Assert.Equal((null, "did not end within 10 s and was killed"), (result.ExitCode, result.Fault));
        Assert.All(pids, static pid => Assert.True(Eventually.Is(() => !TestChildren.IsRunning(pid), Patience), pid));
    }

    [Fact]
    public async Task An_interruption_kills_it_and_is_told()
    {
        using var interrupt = new CancellationTokenSource();
        var file = TestChildren.Script(folder, """echo x > "$0.started"; sleep 1000""");
        var running = TestChildren.Create().RunAsync(new ChildCommand(file, []), interrupt.Token);
        Assert.True(Eventually.Is(() => File.Exists($"{file}.started"), Patience));

        await interrupt.CancelAsync();

        Assert.Equal("was interrupted and killed", (await running.WaitAsync(Patience, Cancel)).Fault);
    }

    [Fact]
    public async Task What_a_program_leaves_behind_lives_on_and_is_read_until_it_lets_go()
    {
        var file = TestChildren.Script(folder, """
            (while [ -e "$0" ] && [ ! -e "$0.go" ]; do sleep 0.01; done; echo late; echo x > "$0.survived") &
            echo early
            """);
        var time = new FakeTimeProvider();
        var running = TestChildren.Create(time).RunAsync(new ChildCommand(file, []) { MaxOutputBytes = 1000 }, Cancel);
        Assert.True(Eventually.Is(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return running.IsCompleted;
            },
            Patience));
        var result = await running;

        Assert.Equal((0, "early\n", false, false), (result.ExitCode, Text(result), result.HasAllOutput, result.StreamsEnd.IsCompleted));
        File.WriteAllText($"{file}.go", "");
        await result.StreamsEnd.WaitAsync(Patience, Cancel);
        Assert.True(Eventually.Is(() => File.Exists($"{file}.survived"), Patience));
    }

    [Fact]
    public async Task A_signal_that_ends_it_is_told_as_a_shell_tells_it() =>
        Assert.Equal(137, (await RunAsync(new ChildCommand(TestChildren.Script(folder, "kill -KILL $$"), []))).ExitCode);

    [Fact]
    public async Task What_cannot_be_started_is_told_and_nothing_is_thrown()
    {
        Assert.Equal((false, "is not on PATH"), await FaultAsync("no-such-program-here"));
        Assert.Equal((false, "does not exist"), await FaultAsync("/no/such"));
        Assert.Equal((false, "is a directory"), await FaultAsync(folder));
        Assert.Equal((false, "is not a regular file"), await FaultAsync("/dev/null"));
        File.WriteAllText(Path.Combine(folder, "plain"), "");
        Assert.Equal((false, "is not executable: run chmod +x on it"), await FaultAsync(Path.Combine(folder, "plain")));
        File.WriteAllText(Path.Combine(folder, "odd"), "no program");
        TestChildren.SetMode(Path.Combine(folder, "odd"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal((false, "cannot be started: Exec format error"), await FaultAsync(Path.Combine(folder, "odd")));
        var odd = await RunAsync(new ChildCommand("env", ["a\0b"]));
        Assert.StartsWith("cannot be started: one of its words", odd.Fault, StringComparison.Ordinal);
        var nowhere = await RunAsync(new ChildCommand("env", []) { WorkingDirectory = "/no/such" });
        Assert.StartsWith("cannot be started", nowhere.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_are_each_told_their_own_code()
    {
        var file = TestChildren.Script(folder, "exit $1");
        var codes = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(async code => (await RunAsync(new ChildCommand(file, [$"{code}"]))).ExitCode));

        Assert.Equal(Enumerable.Range(0, 40).Select(static code => (int?)code), codes);
    }

    private async Task<(bool, string?)> FaultAsync(string program)
    {
        var result = await RunAsync(new ChildCommand(program, []));
        return (result.WasStarted, result.Fault);
    }

    private static Task<ChildResult> RunAsync(ChildCommand command) =>
        TestChildren.Create().RunAsync(command, Cancel).WaitAsync(Patience, Cancel);

    private static string Text(ChildResult result) => Encoding.UTF8.GetString(result.Output.Span);
}
