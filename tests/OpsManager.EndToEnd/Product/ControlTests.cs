using System.Globalization;
using System.Text.Json;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real program sends intents by a real command on real files, and says what really came of them.</summary>
public sealed class ControlTests : IDisposable
{
    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Theory]
    [InlineData("approve", "approved")]
    [InlineData("reject", "rejected")]
    public async Task A_decision_is_confirmed_by_what_the_runtime_recorded(string intent, string decision)
    {
        repo.AskApproval();

        var (row, code, _) = await ControlAsync("", "--intent", intent, "--note", "seen it");

        Assert.Equal((0, "confirmed", true, 0), (
            code, row.GetProperty("status").GetString(), row.GetProperty("confirmed").GetBoolean(),
            row.GetProperty("exitCode").GetInt32()));
        var evidence = row.GetProperty("confirm").GetProperty("evidence").EnumerateArray().ToArray();
        Assert.Equal("approval", evidence[0].GetProperty("source").GetString());
        Assert.Equal($"{decision} by ada for run {repo.RunId}", evidence[0].GetProperty("fact").GetString());
        Assert.Contains("\"status\":\"" + decision, repo.Read($"loops/{LiveRepo.Loop}/approval.json"), StringComparison.Ordinal);
        Assert.Equal(["started", "executed", "finished"], Phases());
    }

    [Fact]
    public async Task A_cancel_is_confirmed_when_the_process_is_gone_and_its_artifacts_are_cleared()
    {
        var (row, code, _) = await ControlAsync("", "--intent", "cancel");

        Assert.Equal((0, "confirmed"), (code, row.GetProperty("status").GetString()));
        Assert.Equal(["process", "active_run", "state"], row.GetProperty("confirm")
            .GetProperty("evidence")
            .EnumerateArray()
            .Select(static seen => seen.GetProperty("source").GetString()));
        Assert.False(repo.IsAlive);
    }

    [Theory]
    [InlineData("nothing", "approve", "unknown: no approval of run")]
    [InlineData("nothing", "cancel", "is still running")]
    [InlineData("survive", "cancel", "is still running")]
    [InlineData("overruled", "approve", "contradicted: bob has rejected it")]
    [InlineData("overruled", "reject", "contradicted: bob has approved it")]
    public async Task What_was_not_seen_or_is_something_else_is_ambiguous_and_escalated(string fault, string intent, string why)
    {
        repo.AskApproval();

        var (row, code, error) = await ControlAsync(fault, "--intent", intent, "--note", "seen it", "--timeout-seconds", "2");

        Assert.Equal((2, "ambiguous", false), (code, row.GetProperty("status").GetString(), row.GetProperty("confirmed").GetBoolean()));
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Contains("\"control_ambiguous\"", repo.Read($"ops-manager/{LiveRepo.Loop}/escalations.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_equal_decision_of_somebody_else_that_stands_confirms_and_is_named()
    {
        repo.AskApproval();

        var (row, code, error) = await ControlAsync("other", "--intent", "approve");

        Assert.Equal((0, "confirmed"), (code, row.GetProperty("status").GetString()));
        Assert.Equal("confirmed by the decision of somebody-else, which is in force\n", error);
        Assert.Contains("approved by somebody-else", row.GetProperty("confirm").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_was_overruled_is_no_success_any_more_when_asked_again()
    {
        repo.AskApproval();
        await ControlAsync("", "--intent", "approve", "--idempotency-key", "k1");
        repo.DecideApproval("rejected", "bob");

        var (row, code, error) = await ControlAsync("", "--intent", "approve", "--idempotency-key", "k1");

        Assert.Equal((2, "ambiguous"), (code, row.GetProperty("status").GetString()));
        Assert.Equal("contradicted", row.GetProperty("reasonCode").GetString());
        Assert.Contains("bob has rejected it", error, StringComparison.Ordinal);
        Assert.Equal(["started", "executed", "finished", "late"], Phases());
        await ControlAsync("", "--intent", "approve", "--idempotency-key", "k1");
        Assert.Equal(["started", "executed", "finished", "late"], Phases());
    }

    [Fact]
    public async Task A_command_that_fails_is_refused_in_its_own_words()
    {
        repo.AskApproval();

        var (row, code, error) = await ControlAsync("fail", "--intent", "approve");

        Assert.Equal((1, "failed_command", 3), (code, row.GetProperty("status").GetString(), row.GetProperty("exitCode").GetInt32()));
        Assert.Equal("refused: no pending approval\n", error);
        Assert.Contains(
            "\"control_failed_command\"", repo.Read($"ops-manager/{LiveRepo.Loop}/escalations.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_dies_after_its_work_has_done_it_all_the_same()
    {
        repo.AskApproval();

        var (row, code, _) = await ControlAsync("die-half", "--intent", "approve");

        Assert.Equal((0, "confirmed", 137), (code, row.GetProperty("status").GetString(), row.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_and_nothing_is_believed()
    {
        repo.AskApproval();

        var (row, code, error) = await ControlAsync("hang", "--intent", "approve", "--timeout-seconds", "1");

        Assert.Equal(
            (2, "ambiguous", JsonValueKind.Null), (code, row.GetProperty("status").GetString(), row.GetProperty("exitCode").ValueKind));
        Assert.Contains("unknown", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_writes_a_hundred_megabytes_is_heard_out_and_cut()
    {
        repo.AskApproval();

        var (row, code, _) = await ControlAsync("flood", "--intent", "approve");

        Assert.Equal((0, "confirmed"), (code, row.GetProperty("status").GetString()));
        Assert.InRange(row.GetProperty("commandOutput").GetString()!.Length, 1000, 16 * 1024);
    }

    [Theory]
    [InlineData("approve", "refused: no run is waiting for an approval")]
    [InlineData("reject", "refused: no run is waiting for an approval; a rejection needs a note")]
    public async Task What_cannot_be_sent_is_not_started(string intent, string why)
    {
        var (row, code, error) = await ControlAsync("", "--intent", intent);

        Assert.Equal((1, "failed_command"), (code, row.GetProperty("status").GetString()));
        Assert.StartsWith(why, error, StringComparison.Ordinal);
        Assert.Contains(
            "\"not_started\"", repo.Read($"ops-manager/{LiveRepo.Loop}/telemetry/control-invocations.jsonl"), StringComparison.Ordinal);
        Assert.False(repo.Has($"loops/{LiveRepo.Loop}/decisions.jsonl"));
    }

    [Fact]
    public async Task The_same_key_is_carried_out_once()
    {
        repo.AskApproval();
        var (first, _, _) = await ControlAsync("", "--intent", "approve", "--idempotency-key", "k1");

        var (second, code, error) = await ControlAsync("", "--intent", "approve", "--idempotency-key", "k1");

        Assert.Equal((0, first.GetRawText()), (code, second.GetRawText()));
        Assert.Contains("used before", error, StringComparison.Ordinal);
        Assert.Equal(["started", "executed", "finished"], Phases());
    }

    [Theory]
    [InlineData("approve", "completed")]
    [InlineData("reject", "consumed")]
    public async Task Asked_again_it_tells_what_became_of_it_since(string intent, string outcome)
    {
        repo.AskApproval();
        var (_, first, _) = await ControlAsync("", "--intent", intent, "--note", "seen it", "--idempotency-key", "k1");
        using var run = System.Diagnostics.Process.Start(RuntimeBinary.Path, ["run", "--repo", repo.Root, "--loop", LiveRepo.Loop]);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        var (row, code, error) = await ControlAsync("", "--intent", intent, "--note", "seen it", "--idempotency-key", "k1");

        Assert.Equal((0, 0, "confirmed"), (first, code, row.GetProperty("status").GetString()));
        Assert.Contains("its result is confirmed", error, StringComparison.Ordinal);
        Assert.Equal(outcome, row.GetProperty("now").GetProperty("outcome").GetString());
        Assert.Equal(["started", "executed", "finished", "late"], Phases());
    }

    [Fact]
    public async Task What_was_unknown_and_is_seen_later_is_confirmed_when_asked_again()
    {
        var (row, code, _) = await ControlAsync("survive", "--intent", "cancel", "--timeout-seconds", "1", "--idempotency-key", "k1");
        Assert.Equal((2, "ambiguous"), (code, row.GetProperty("status").GetString()));
        repo.Kill();

        (row, code, _) = await ControlAsync("survive", "--intent", "cancel", "--timeout-seconds", "1", "--idempotency-key", "k1");

        Assert.Equal((0, "confirmed"), (code, row.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Without_looking_nothing_is_called_confirmed()
    {
        repo.AskApproval();

        var (row, code, _) = await ControlAsync("nothing", "--intent", "approve", "--no-confirm");

        Assert.Equal(
            (0, "executed_unconfirmed", false), (code, row.GetProperty("status").GetString(), row.GetProperty("confirmed").GetBoolean()));
    }

    [Fact]
    public async Task Where_the_record_cannot_be_kept_nothing_is_sent()
    {
        repo.AskApproval();
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "ops-manager"), "a file where the directory should be");

        using var program = Start("", "--intent", "approve");
        var (code, output, error) = await program.EndAsync();

        Assert.Equal((1, ""), (code, output));
        Assert.NotEmpty(error);
        Assert.False(repo.Has($"loops/{LiveRepo.Loop}/decisions.jsonl"));
    }

    [Fact]
    public async Task Read_only_and_a_missing_command_are_refused_before_anything_is_kept()
    {
        using var readOnly = Start("", "--intent", "cancel", "--read-only");
        var (code, output, error) = await readOnly.EndAsync();
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("read-only", error, StringComparison.Ordinal);

        using var missing = new RunningProgram(
            "control", "--repo", repo.Root, "--loop", LiveRepo.Loop, "--intent", "cancel", "--superloop-bin", "/no/such/command");
        (code, output, error) = await missing.EndAsync();
        Assert.Equal((1, "", "--superloop-bin is set to /no/such/command, which does not exist\n"), (code, output, error));
        Assert.True(repo.IsAlive);
        Assert.False(repo.Has("ops-manager"));
    }

    [Fact]
    public async Task A_passive_loop_is_refused_until_it_is_assisted_again()
    {
        async Task<(int Code, string Output, string Error)> StageAsync(params string[] arguments)
        {
            using var program = new RunningProgram(["stage", "--repo", repo.Root, "--loop", LiveRepo.Loop, "--by", "bob", .. arguments]);
            return await program.EndAsync();
        }

        repo.AskApproval();
        Assert.Contains("\"stage\":\"assisted\"", (await StageAsync()).Output, StringComparison.Ordinal);
        Assert.Equal((1, ""), ((await StageAsync("--set", "passive")) is var (bare, nothing, _) ? bare : -1, nothing));
        Assert.Equal(0, (await StageAsync("--set", "passive", "--reason", "it acts up")).Code);

        var (row, code, error) = await ControlAsync("", "--intent", "approve");
        Assert.Equal((1, "failed_command"), (code, row.GetProperty("status").GetString()));
        Assert.StartsWith("refused: the loop is passive, set by bob: it acts up", error, StringComparison.Ordinal);
        Assert.False(repo.Has($"loops/{LiveRepo.Loop}/decisions.jsonl"));

        await StageAsync("--set", "assisted", "--reason", "mended");
        (row, code, _) = await ControlAsync("", "--intent", "approve");
        Assert.Equal((0, "confirmed"), (code, row.GetProperty("status").GetString()));
    }

    private IEnumerable<string?> Phases() => repo.Read($"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("phase").GetString());

    private RunningProgram Start(string fault, params string[] arguments) => new(
        new Dictionary<string, string> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path, ["TEST_RUNTIME_FAULT"] = fault },
        ["control", "--repo", repo.Root, "--loop", LiveRepo.Loop, "--by", "ada", .. arguments]);

    private async Task<(JsonElement Row, int Code, string Error)> ControlAsync(string fault, params string[] arguments)
    {
        using var program = Start(fault, arguments);
        var (code, output, error) = await program.EndAsync();
        Assert.True(output.Length > 0, string.Create(CultureInfo.InvariantCulture, $"exit {code}: {error}"));
        return (JsonDocument.Parse(output).RootElement, code, error);
    }
}
