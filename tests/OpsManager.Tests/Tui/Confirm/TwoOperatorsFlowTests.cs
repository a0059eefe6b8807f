using System.IO.Abstractions;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;
using OpsManager.Sources.Storage;
using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>The screen while somebody else acts on the same loop.</summary>
public sealed class TwoOperatorsFlowTests : IDisposable
{
    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void The_box_says_who_is_waited_for_and_sends_when_they_have_ended()
    {
        repo.AskApproval();
        using var screen = Waiting(TimeSpan.FromSeconds(20));
        using (Held())
        {
            screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("waiting: reject by bob, process 4711");
            Assert.Equal(0, screen.Executor.Started);
        }

        screen.Until("approval confirmed");
        Assert.Equal(1, screen.Executor.Started);
    }

    [Fact]
    public void Who_has_the_loop_for_too_long_is_named_and_nothing_is_sent()
    {
        repo.AskApproval();
        using var screen = Waiting(TimeSpan.FromSeconds(1));
        using (Held())
        {
            screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("refused: reject by bob, process 4711").Expect("y sends it");
            Assert.Equal((0, false), (screen.Executor.Started, repo.Has($"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl")));
        }

        // Its effect may be seen too late here; that it is sent is what counts.
        screen.Wait(1).Press("y").Wait(0.2).Until(_ => screen.Executor.Started == 1);
    }

    private LiveScreen Waiting(TimeSpan timeout) =>
        new LiveScreen(repo, timeout: timeout).Until(static model => model.Current!.Approval.Value is { IsPending: true });

    private KernelLock Held() => KernelLock.TryTake(
        new ManagerFiles(new FileSystem(), repo.Root, LiveRepo.Loop).ControlLock,
        ContractJson.Write(
            new LockHolder("reject", "bob", 4711, Environment.MachineName, DateTimeOffset.UtcNow), ContractJson.Default.LockHolder))!;
}
