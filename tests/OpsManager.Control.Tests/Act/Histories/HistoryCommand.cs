using OpsManager.Control.Act;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>
/// The runtime's command as one process has it run: slow, or not what it should be. It outlives a manager that is killed.
/// </summary>
internal sealed class HistoryCommand(HistoryStep step, HistoryRuntime runtime, HistoryClock clock, Func<HistorySent> sends) : IExecutor
{
    private TaskCompletionSource<Execution>? ended;
    private bool isOrphan;
    private bool isKilled;

    public async Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel)
    {
        if (request.Intent.Decision is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(step.PrepareMs), clock.Time, cancel);
        }

        return null;
    }

    public Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        ended = new TaskCompletionSource<Execution>();
        var sent = sends();
        if (step.Fate != CommandFate.Hangs)
        {
            clock.After(step.BeforeMs, () => Work(request, sent));
        }

        clock.After((int)request.Timeout.TotalMilliseconds, () =>
        {
            // Who is there to kill it is the manager.
            isKilled = !isOrphan && !ended.Task.IsCompleted;
            ended.TrySetResult(new Execution(null, "", "killed after its time", WasStarted: true));
        });
        return ended.Task;
    }

    /// <summary>The manager is killed: nobody waits for the command any more.</summary>
    public void Leave()
    {
        isOrphan = true;
        ended?.TrySetCanceled();
    }

    private void Work(ControlRequest request, HistorySent sent)
    {
        if (isKilled)
        {
            return;
        }

        var before = sent.Question?.Decisions.Count;
        var code = step.Fate switch
        {
            CommandFate.Nothing => 0,
            CommandFate.FailsBefore => 3,
            _ when request.Intent.Decision is { } decision => Decide(decision, request.By),
            _ => Cancel(),
        };
        sent.TookEffect = sent.Question?.Decisions.Count > before && step.TornMs == 0;
        clock.After(step.AfterMs, () => ended!.TrySetResult(
            new Execution(step.Fate == CommandFate.FailsAfter ? 4 : code, code == 0 ? "" : "it failed", null, WasStarted: true)));
    }

    private int Decide(string decision, string by)
    {
        var other = decision == "approved" ? "rejected" : "approved";
        var code = runtime.Decide(
            step.Fate == CommandFate.TheOtherDecision ? other : decision,
            step.Fate == CommandFate.UnderAnotherName ? "somebody-else" : by,
            step.TornMs,
            diesHalfway: step.Fate == CommandFate.DiesHalfway);
        if (step.Fate == CommandFate.OverruledAtOnce)
        {
            runtime.Decide(other, "zoe", tornMs: 0, raced: true);
        }

        return code;
    }

    private int Cancel()
    {
        runtime.Cancel(survives: step.Fate == CommandFate.DiesHalfway);
        return 0;
    }
}
