using System.IO.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Storage;
using Xunit;

namespace OpsManager.Control.Tests.Act;

/// <summary>Who waits for whom, by a clock that the test moves.</summary>
public sealed class ControlLockTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly string repo = Directory.CreateTempSubdirectory("ops-manager-lock-").FullName;
    private readonly FileSystem files = new();
    private readonly WaitedTime time = new();
    private readonly List<string> told = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ControlLockTests() => Directory.CreateDirectory(Path.Combine(repo, ArtifactPaths.Root));

    public void Dispose() => Directory.Delete(repo, recursive: true);

    [Fact]
    public async Task Who_waits_too_long_is_told_who_holds_the_loop()
    {
        using var first = await TakeAsync(new Intent.Approve(), "ada");
        var waiting = TakeAsync(new Intent.Reject("no"), "bob");
        await PassAsync(waiting, TimeSpan.FromSeconds(9));
        Assert.False(waiting.IsCompleted);

        await PassAsync(waiting, TimeSpan.FromSeconds(2));
        using var refused = await waiting;

        var holder = $"approve by ada, process {Environment.ProcessId}, since 09:12:03Z, holds loop a";
        Assert.Equal($"{holder}. Nothing was sent: try again when it has ended, or end that process.", refused.Refusal);
        Assert.Equal([$"waiting: {holder}"], told);
    }

    [Fact]
    public async Task Who_waits_goes_on_when_the_other_has_ended()
    {
        var first = await TakeAsync(new Intent.Approve(), "ada");
        var waiting = TakeAsync(new Intent.Reject("no"), "bob");
        first.Dispose();
        await PassAsync(waiting, TimeSpan.FromSeconds(1));
        using var next = await waiting;

        Assert.Equal((null, true, false), (next.Refusal, next.HasWaited, first.HasWaited));
    }

    [Fact]
    public async Task Another_loop_and_a_cancel_do_not_wait_for_an_approval()
    {
        using var first = await TakeAsync(new Intent.Approve(), "ada");

        using var other = await TakeAsync(new Intent.Approve(), "bob", "b");
        using var cancel = await TakeAsync(new Intent.Cancel(), "bob");

        Assert.Equal((null, null), (other.Refusal, cancel.Refusal));
        Assert.Empty(told);
    }

    [Fact]
    public async Task Two_cancels_of_a_repository_wait_for_each_other_whichever_loop_is_meant()
    {
        using var first = await TakeAsync(new Intent.Cancel(), "ada");
        var waiting = TakeAsync(new Intent.Cancel(), "bob", "b");

        await PassAsync(waiting, TimeSpan.FromSeconds(11));
        using var refused = await waiting;

        Assert.Contains("cancel by ada, ", refused.Refusal, StringComparison.Ordinal);
        Assert.Contains("holds this repository's cancel", refused.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"intent\":3}")]
    [InlineData(
        "{\"intent\":\"approve\",\"by\":\"\\u001b]52;c;x\\u0007ada\",\"pid\":1,\"host\":\"h\",\"since\":\"2026-11-28T09:12:03Z\"}")]
    public async Task What_another_program_says_of_the_holder_is_only_text(string text)
    {
        using var held = KernelLock.TryTake(new ManagerFiles(files, repo, "a").ControlLock, text);
        var waiting = TakeAsync(new Intent.Approve(), "bob");

        await PassAsync(waiting, TimeSpan.FromSeconds(11));
        using var refused = await waiting;

        Assert.DoesNotContain(refused.Refusal!, char.IsControl);
        Assert.Contains("holds loop a", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_written_only_a_cancel_goes_on()
    {
        Directory.CreateDirectory(Path.Combine(repo, ".superloop"));
        File.WriteAllText(Path.Combine(repo, ArtifactPaths.ManagerRoot), "a file where the directory should be");

        await Assert.ThrowsAsync<LockException>(() => TakeAsync(new Intent.Approve(), "ada"));
        using var cancel = await TakeAsync(new Intent.Cancel(), "ada");

        Assert.Null(cancel.Refusal);
        Assert.StartsWith("the cancel is sent without a lock: ", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("directory")]
    [InlineData("link above")]
    public async Task What_a_repository_puts_in_the_place_of_the_lock_holds_up_no_cancel(string planted)
    {
        var kept = new ManagerFiles(files, repo, "a");
        var path = kept.CancelLock.ToString();
        switch (planted)
        {
            case "link above":
                Directory.CreateSymbolicLink(Path.GetDirectoryName(path)!, Path.GetTempPath());
                break;
            case "link":
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.CreateSymbolicLink(path, "/etc/hostname");
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }

        using var cancel = await TakeAsync(new Intent.Cancel(), "ada");

        Assert.Null(cancel.Refusal);
        Assert.StartsWith("the cancel is sent without a lock: ", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_waits_for_another_program_that_holds_the_lock_only_as_long_as_it_may_take()
    {
        using var held = KernelLock.TryTake(new ManagerFiles(files, repo, "a").CancelLock);
        var waiting = TakeAsync(new Intent.Cancel(), "bob");

        await PassAsync(waiting, TimeSpan.FromSeconds(11));
        using var cancel = await waiting;

        Assert.Null(cancel.Refusal);
        Assert.Contains("another program holds", told[^1], StringComparison.Ordinal);
    }

    private Task<ControlLock> TakeAsync(Intent intent, string by, string loop = "a")
    {
        var request = new ControlRequest
        {
            Repo = repo,
            Loop = loop,
            Intent = intent,
            By = by,
            Command = RuntimeCommand.Usual,
            TraceId = "t",
            IdempotencyKey = "k",
            Timeout = TimeSpan.FromSeconds(10),
        };
        return ControlLock.TakeAsync(files, time, request, told.Add, Cancel);
    }

    /// <summary>Time passes in the steps in which is waited, until <paramref name="waiting"/> has ended or so much has passed.</summary>
    private async Task PassAsync(Task waiting, TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Step)
        {
            var begun = time.Waits.WaitAsync(Cancel);
            if (await Task.WhenAny(waiting, begun) == waiting)
            {
                return;
            }

            time.Advance(Step);
        }
    }

    private sealed class WaitedTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 9, 12, 3, TimeSpan.Zero))
    {
        public SemaphoreSlim Waits { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Waits.Release();
            return timer;
        }
    }
}
