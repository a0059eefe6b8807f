using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;
using Xunit;

namespace OpsManager.Control.Tests.Act;

/// <summary>Several managers on one repository, each with its own watch of it, and a command that the test holds.</summary>
public sealed class OnceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LiveRepo repo = new();
    private readonly HeldCommand command;

    public OnceTests() => command = new(repo);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => repo.Dispose();

    [Fact]
    public async Task One_key_is_carried_out_once_whoever_asks_at_the_same_time()
    {
        repo.AskApproval();
        var asked = Enumerable.Range(0, 5).Select(_ => ActAsync(new Intent.Approve(), "ada", "k1")).ToArray();
        await command.Began(1).WaitAsync(Patience, Cancel);
        command.Release();

        var results = await Task.WhenAll(asked).WaitAsync(Patience, Cancel);

        Assert.Single(command.Sent);
        Assert.Single(results, static result => !result.Replayed);
        Assert.Single(results.Select(static result => ContractJson.Write(result.Answer!, ContractJson.Default.IntentRow)).Distinct());
        Assert.All(results, static result => Assert.Equal((0, "observed"), (result.ExitCode, result.Now?.Outcome)));
    }

    [Fact]
    public async Task Who_waits_for_another_decision_finds_it_and_sends_nothing()
    {
        repo.AskApproval();
        var approving = ActAsync(new Intent.Approve(), "ada", "k1");
        await command.Began(1).WaitAsync(Patience, Cancel);
        var waits = new TaskCompletionSource<string>();
        var rejecting = ActAsync(new Intent.Reject("no"), "bob", "k2", waits: waits.SetResult);
        Assert.Contains("approve by ada, process ", await waits.Task.WaitAsync(Patience, Cancel), StringComparison.Ordinal);
        command.Release();

        var (approved, rejected) = (await approving.WaitAsync(Patience, Cancel), await rejecting.WaitAsync(Patience, Cancel));

        Assert.IsType<Outcome.Observed>(approved.Outcome);
        Assert.Equal("ada has already approved it", Assert.IsType<Outcome.Refused>(rejected.Outcome).Why);
        Assert.Equal(["approve"], command.Sent);
    }

    [Fact]
    public async Task Who_waits_too_long_sends_nothing_and_may_use_the_key_again()
    {
        repo.AskApproval();
        var approving = ActAsync(new Intent.Approve(), "ada", "k1");
        await command.Began(1).WaitAsync(Patience, Cancel);

        var held = await ActAsync(new Intent.Reject("no"), "bob", "k2", timeout: TimeSpan.FromMilliseconds(1)).WaitAsync(Patience, Cancel);

        Assert.True(held.IsHeldOff);
        Assert.Equal((1, "failed_command"), (held.ExitCode, held.Row?.StatusWord));
        Assert.StartsWith("refused: approve by ada, process ", held.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("k2", repo.Read($"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl"), StringComparison.Ordinal);
        command.Release();
        await approving.WaitAsync(Patience, Cancel);
        Assert.False((await ActAsync(new Intent.Reject("no"), "bob", "k2").WaitAsync(Patience, Cancel)).IsHeldOff);
    }

    [Fact]
    public async Task Who_is_held_off_is_told_the_stored_answer_of_a_key_that_was_carried_out()
    {
        repo.AskApproval();
        command.Release();
        var first = await ActAsync(new Intent.Approve(), "ada", "k1").WaitAsync(Patience, Cancel);
        using var somebody = KernelLock.TryTake(new ManagerFiles(new FileSystem(), repo.Root, LiveRepo.Loop).ControlLock);

        var again = await ActAsync(new Intent.Approve(), "ada", "k1", timeout: TimeSpan.FromMilliseconds(1)).WaitAsync(Patience, Cancel);

        Assert.NotNull(somebody);
        Assert.Equal((0, true, false, "observed"), (again.ExitCode, again.Replayed, again.IsHeldOff, again.Now?.Outcome));
        // Files have whole seconds.
        Assert.Equal(first.Row!.Timestamp!.Value.ToUnixTimeSeconds(), again.Row!.Timestamp!.Value.ToUnixTimeSeconds());
        Assert.Single(command.Sent);
    }

    [Fact]
    public async Task A_cancel_goes_past_an_approval_that_is_being_sent()
    {
        repo.AskApproval();
        var approving = ActAsync(new Intent.Approve(), "ada", "k1");
        await command.Began(1).WaitAsync(Patience, Cancel);
        var cancelling = ActAsync(new Intent.Cancel(), "bob", "k2");
        await command.Began(2).WaitAsync(Patience, Cancel);
        command.Release();

        await Task.WhenAll(approving, cancelling).WaitAsync(Patience, Cancel);

        Assert.Equal(["approve", "cancel"], command.Sent);
    }

    [Fact]
    public async Task An_approval_and_a_cancel_cannot_both_have_one_key()
    {
        repo.AskApproval();
        var approving = ActAsync(new Intent.Approve(), "ada", "k1");
        await command.Began(1).WaitAsync(Patience, Cancel);

        var fault = await Assert.ThrowsAsync<ContractException>(() => ActAsync(new Intent.Cancel(), "ada", "k1"));
        command.Release();
        await approving.WaitAsync(Patience, Cancel);

        Assert.Equal(ControlRequest.KeyTaken, fault.Code);
        Assert.Equal("idempotency key \"k1\" was used for another request: approve by ada. Nothing was sent.", fault.Message);
        Assert.Equal(["approve"], command.Sent);
    }

    [Fact]
    public async Task A_key_whose_sender_has_ended_without_a_word_is_ambiguous_and_never_sent_again()
    {
        repo.AskApproval();
        // Not even what it was meant for can be read any more.
        repo.AppendRow(
            "telemetry/control.jsonl",
            """{"timestamp":"2026-11-29T09:12:03Z","phase":"started","idempotencyKey":"k1","intent":"approve","requestedBy":"ada"}""");

        var first = await ActAsync(new Intent.Approve(), "ada", "k1").WaitAsync(Patience, Cancel);
        var again = await ActAsync(new Intent.Approve(), "ada", "k1").WaitAsync(Patience, Cancel);

        Assert.Equal((2, "ambiguous"), (first.ExitCode, first.Row!.StatusWord));
        const string Why = "unknown: its sender exited before the result was recorded, and it is not sent again";
        Assert.StartsWith(Why, first.Words, StringComparison.Ordinal);
        Assert.Equal((2, true), (again.ExitCode, again.Replayed));
        Assert.Empty(command.Sent);
    }

    [Fact]
    public async Task A_stored_answer_stays_and_what_is_in_force_now_stands_beside_it()
    {
        repo.AskApproval();
        command.Release();
        var first = await ActAsync(new Intent.Approve(), "ada", "k1").WaitAsync(Patience, Cancel);
        repo.Append("approval_consumed");
        repo.Append("loop_complete");

        var again = await ActAsync(new Intent.Approve(), "ada", "k1").WaitAsync(Patience, Cancel);

        Assert.Equal(("observed", "completed"), (first.Now?.Outcome, again.Now?.Outcome));
        Assert.DoesNotContain("\"now\"", repo.Read($"ops-manager/{LiveRepo.Loop}/intents.jsonl"), StringComparison.Ordinal);
        Assert.Single(command.Sent);
    }

    [Fact]
    public async Task Where_nothing_can_be_recorded_a_cancel_is_sent_and_says_so_and_an_approval_is_not()
    {
        repo.AskApproval();
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "ops-manager"), "a file where the directory should be");
        command.Release();

        await Assert.ThrowsAnyAsync<IOException>(() => ActAsync(new Intent.Approve(), "ada", "k1"));
        var cancelled = await ActAsync(new Intent.Cancel(), "ada", "k2").WaitAsync(Patience, Cancel);

        Assert.Equal(["cancel"], command.Sent);
        Assert.StartsWith("sent, but the result could not be recorded: ", cancelled.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("intents.jsonl")]
    [InlineData("escalations.jsonl")]
    [InlineData("telemetry/control-invocations.jsonl")]
    [InlineData("telemetry/control.jsonl")]
    public async Task What_could_not_be_recorded_at_its_end_is_not_begun(string name)
    {
        repo.AskApproval();
        var elsewhere = Path.Combine(repo.Root, "elsewhere");
        var file = Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        using (var link = Process.Start("ln", [file, elsewhere]))
        {
            await link.WaitForExitAsync(Cancel);
        }

        command.Release();

        var fault =
            await Assert.ThrowsAnyAsync<IOException>(() => ActAsync(new Intent.Approve(), "ada", "k1").WaitAsync(Patience, Cancel));

        Assert.StartsWith($"{file} is not written: it has more than one hard link", fault.Message, StringComparison.Ordinal);
        Assert.Empty(command.Sent);
        Assert.Empty(File.ReadAllText(elsewhere));
    }

    [Fact]
    public async Task A_cancel_that_was_sent_is_not_sent_again_where_the_file_of_the_services_keys_is_broken()
    {
        command.Release();
        await ActAsync(new Intent.Cancel(), "ada", "k1").WaitAsync(Patience, Cancel);
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop, "service-idempotency.json"), "{");

        await ActAsync(new Intent.Cancel(), "ada", "k1").WaitAsync(Patience, Cancel);

        Assert.Single(command.Sent);
    }

    private async Task<ControlResult> ActAsync(
        Intent intent, string by, string key, TimeSpan? timeout = null, Action<string>? waits = null)
    {
        var files = new FileSystem();
        var source = LocalSource.Open(files, repo.Root, FollowOptions.Default);
        return await new ControlRunner(files, TimeProvider.System, source, command).RunAsync(
            new ControlRequest
            {
                Repo = repo.Root,
                Loop = LiveRepo.Loop,
                Intent = intent,
                By = by,
                Command = RuntimeCommand.Usual,
                TraceId = "t",
                IdempotencyKey = key,
                Timeout = timeout ?? TimeSpan.FromSeconds(30),
                Waits = waits ?? (static _ => { }),
            },
            static _ => { },
            Cancel,
            Cancel);
    }

    /// <summary>Decides as the runtime does, once it is let go.</summary>
    private sealed class HeldCommand(LiveRepo repo) : IExecutor
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource[] began =
            [new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)];
        private readonly ConcurrentQueue<string> sent = [];
        private int count;

        public IReadOnlyList<string> Sent => [.. sent];

        public Task Began(int number) => began[number - 1].Task;

        public void Release() => released.SetResult();

        public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) => Task.FromResult<string?>(null);

        public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
        {
            sent.Enqueue(request.Intent.Word);
            if (Interlocked.Increment(ref count) is var number && number <= began.Length)
            {
                began[number - 1].SetResult();
            }

            await released.Task.WaitAsync(cancel);
            if (request.Intent.Decision is { } decision)
            {
                repo.DecideApproval(decision, request.By);
                repo.Append("approval_decision");
            }
            else
            {
                repo.Kill();
                repo.Remove("active-run.json");
                repo.Remove("state.json");
            }

            return new Execution(0, "", null, WasStarted: true);
        }
    }
}
