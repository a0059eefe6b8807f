using System.Globalization;
using System.Text.Json;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>Several operators act on one repository at once, by the real program in processes of their own.</summary>
public sealed class OperatorsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Kept = $"ops-manager/{LiveRepo.Loop}";

    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Record => repo.Has($"{Kept}/telemetry/control.jsonl") ? repo.Read($"{Kept}/telemetry/control.jsonl") : "";

    public void Dispose()
    {
        home.Dispose();
        repo.Dispose();
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("cancel")]
    public async Task Five_processes_with_one_key_run_one_command_and_print_the_same_row(string intent)
    {
        repo.AskApproval();
        var counted = home.Script("superloop", $"echo \"$1\" >> {home.File("commands")}\nexec {RuntimeBinary.Path} \"$@\"");

        var ends = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var program = Control("ada", intent, "k1", "", counted, timeout: 120);
            return await program.EndAsync();
        }));

        Assert.Single(File.ReadAllLines(home.File("commands")));
        Assert.All(ends, static end => Assert.True(end.ExitCode == 0, end.Error));
        Assert.Single(ends.Select(static end => end.Output).Distinct());
        Assert.Equal(4, ends.Count(static end => end.Error.Contains("used before", StringComparison.Ordinal)));
        Assert.Equal(["started", "executed", "finished"], Phases());
    }

    [Fact]
    public async Task Of_an_approval_and_a_rejection_at_once_one_is_confirmed_and_that_one_is_in_force()
    {
        for (var round = 0; round < 6; round++)
        {
            using var one = new LiveRepo();
            one.AskApproval();
            using var approve = Control("ada", "approve", "a", "", RuntimeBinary.Path, one, timeout: 120);
            using var reject = Control("bob", "reject", "b", "", RuntimeBinary.Path, one, timeout: 120);

            var ends = await Task.WhenAll(approve.EndAsync(), reject.EndAsync());

            var status = JsonDocument.Parse(one.Read($"loops/{LiveRepo.Loop}/approval.json")).RootElement
                .GetProperty("status")
                .GetString();
            var confirmed = Assert.Single(ends, static end => end.ExitCode == 0);
            var intent = JsonDocument.Parse(confirmed.Output).RootElement.GetProperty("intent").GetString();
            Assert.Equal(status == "approved" ? "approve" : "reject", intent);
            var refused = Assert.Single(ends, static end => end.ExitCode == 1);
            Assert.Contains($"has already {status} it", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_is_stopped_holds_the_loop_and_is_named_and_a_cancel_goes_past()
    {
        repo.AskApproval();
        using var stopped = Control("ada", "approve", "a", "slow");
        await UntilAsync(() => Record.Contains("\"started\"", StringComparison.Ordinal));
        await stopped.SignalAsync("STOP");

        using var refused = Control("bob", "reject", "b", "", timeout: 1);
        var (code, output, error) = await refused.EndAsync();
        Assert.Equal((1, "failed_command"), (code, Status(output)));
        var holder = string.Create(CultureInfo.InvariantCulture, $"approve by ada, process {stopped.Id}, since ");
        Assert.StartsWith($"waiting: {holder}", error, StringComparison.Ordinal);
        Assert.Contains($"refused: {holder}", error, StringComparison.Ordinal);
        Assert.Contains($"holds loop {LiveRepo.Loop}. Nothing was sent", error, StringComparison.Ordinal);

        using var cancel = Control("bob", "cancel", "c", "");
        Assert.Equal(0, (await cancel.EndAsync()).ExitCode);
        Assert.False(repo.IsAlive);

        await stopped.SignalAsync("KILL");
        await stopped.HasEndedAsync();
        using var free = Control("bob", "reject", "b", "", timeout: 1);
        Assert.DoesNotContain("holds loop", (await free.EndAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_whose_sender_is_killed_is_ambiguous_until_evidence_comes_and_is_never_sent_again()
    {
        repo.AskApproval();
        // Where the test ends early, so does the command.
        var hold = $"while [ ! -e {home.File("go")} ]; do [ -e {home.File("commands")} ] || exit 1; sleep 0.05; done";
        var held = home.Script("superloop", $"echo \"$1\" >> {home.File("commands")}\n{hold}\nexec {RuntimeBinary.Path} \"$@\"");
        using (var killed = Control("ada", "approve", "k1", "", held))
        {
            await UntilAsync(() => File.Exists(home.File("commands")));
            await killed.SignalAsync("KILL");
            await killed.HasEndedAsync();
        }

        using (var again = Control("ada", "approve", "k1", "", held, timeout: 1))
        {
            var (code, output, error) = await again.EndAsync();
            Assert.Equal((2, "ambiguous"), (code, Status(output)));
            Assert.Contains("exited before the result was recorded, and it is not sent again", error, StringComparison.Ordinal);
        }

        // The command has outlived whoever sent it, and does its work.
        File.WriteAllText(home.File("go"), "");
        await UntilAsync(() => repo.Read($"loops/{LiveRepo.Loop}/approval.json").Contains("approved", StringComparison.Ordinal));
        using var proved = Control("ada", "approve", "k1", "", held);
        var end = await proved.EndAsync();

        Assert.Equal((0, "confirmed"), (end.ExitCode, Status(end.Output)));
        Assert.Single(File.ReadAllLines(home.File("commands")));
        Assert.Equal(["started", "finished", "late"], Phases());
    }

    [Fact]
    public async Task What_a_command_leaves_behind_does_not_keep_the_loop()
    {
        repo.AskApproval();
        var leaving = home.Script("superloop", $"setsid sleep 600 & echo $! > {home.File("left")}\nexec {RuntimeBinary.Path} \"$@\"");
        using var first = Control("ada", "approve", "a", "", leaving);
        Assert.Equal(0, (await first.EndAsync()).ExitCode);
        var left = File.ReadAllText(home.File("left")).Trim();
        try
        {
            Assert.True(Directory.Exists($"/proc/{left}"));
            using var next = Control("bob", "reject", "b", "", timeout: 1);
            Assert.StartsWith("refused: ada has already approved it", (await next.EndAsync()).Error, StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("kill", ["-KILL", left], null, Cancel);
        }
    }

    [Theory]
    [InlineData("ln -s /etc/hostname")]
    [InlineData("mkfifo")]
    public async Task A_lock_that_is_no_file_is_refused_and_a_cancel_goes_past(string made)
    {
        repo.AskApproval();
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", Kept));
        var planted = Path.Combine(repo.Root, ".superloop", Kept, "control.lock");
        await Tool.RunAsync("sh", ["-c", $"{made} {planted}"], null, Cancel);

        using var approve = Control("ada", "approve", "a", "");
        var (code, output, error) = await approve.EndAsync();
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"{planted} is ", error, StringComparison.Ordinal);
        Assert.EndsWith("Remove it, then try again.\n", error, StringComparison.Ordinal);
        Assert.False(repo.Has($"loops/{LiveRepo.Loop}/decisions.jsonl"));

        using var cancel = Control("ada", "cancel", "c", "");
        Assert.Equal(0, (await cancel.EndAsync()).ExitCode);
        Assert.False(repo.IsAlive);
    }

    [Fact]
    public async Task Where_nothing_can_be_written_a_cancel_is_sent_and_says_that_it_was_not_recorded()
    {
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "ops-manager"), "a file where the directory should be");

        using var program = Control("ada", "cancel", "c", "");
        var (code, _, error) = await program.EndAsync();

        Assert.True(code == 0, error);
        Assert.Contains("sent, but the result could not be recorded", error, StringComparison.Ordinal);
        Assert.False(repo.IsAlive);
    }

    private RunningProgram Control(
        string by, string intent, string key, string fault, string? command = null, LiveRepo? on = null, int timeout = 30) => new(
            new Dictionary<string, string> { ["SUPERLOOP_BIN"] = command ?? RuntimeBinary.Path, ["TEST_RUNTIME_FAULT"] = fault },
            "control", "--repo", (on ?? repo).Root, "--loop", LiveRepo.Loop, "--by", by, "--intent", intent, "--note", "seen",
            "--idempotency-key", key, "--timeout-seconds", timeout.ToString(CultureInfo.InvariantCulture));

    private static string? Status(string row) => JsonDocument.Parse(row).RootElement.GetProperty("status").GetString();

    private IEnumerable<string?> Phases() => Record
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("phase").GetString());

    /// <summary>Until something is so on disk.</summary>
    private static async Task UntilAsync(Func<bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!wanted())
        {
            await glances.WaitForNextTickAsync(limit.Token);
        }
    }
}
