using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Control.Act;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>One <c>ops-manager control</c> of a history: a manager process with its own watch, which may be killed at any await.</summary>
internal sealed class HistoryOperator : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource killed = new();
    private readonly HistoryCommand command;
    private readonly HistoryClock clock;
    private readonly HistoryWatch watch;

    public HistoryOperator(
        IFileSystem files, HistoryFiles artifacts, HistoryProcesses processes, HistoryRuntime runtime, HistoryClock clock,
        HistoryStep step,
        ControlRequest request, Func<HistoryOperator, HistorySent> sends)
    {
        (Request, this.clock, AskedAt) = (request, clock, clock.Now);
        command = new HistoryCommand(step, runtime, clock, () => sends(this));
        watch = new HistoryWatch(files, artifacts, processes, clock);
        Controller = new Controller(files, clock.Time, command, watch.Models);
    }

    public ControlRequest Request { get; }

    public DateTimeOffset AskedAt { get; }

    public ControlResult? Result { get; private set; }

    /// <summary>Why it refused without a result.</summary>
    public Exception? Fault { get; private set; }

    public bool IsKilled { get; private set; }

    /// <summary>A cancel of another process was there at the same time: two cancels wait for each other.</summary>
    public bool MetCancel { get; set; }

    private Controller Controller { get; }

    /// <param name="told">Is called at the very moment at which the operator is told.</param>
    public async Task WorkAsync(Action<HistoryOperator> told)
    {
        try
        {
            Result = await Controller.RunAsync(Request, leave: killed.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsKilled)
        {
            return;
        }
        catch (Exception error) when (error is ContractException or IOException)
        {
            Fault = error;
        }

        told(this);
    }

    /// <summary>
    /// It ends at whatever it awaits, and does nothing any more. What it held is free, as after kill -9; the runtime's command goes on.
    /// </summary>
    public void Kill()
    {
        IsKilled = true;
        watch.Dispose();
        command.Leave();
        killed.Cancel();
    }

    public void Dispose()
    {
        watch.Dispose();
        killed.Dispose();
    }

    public override string ToString() =>
        $"{Request.Intent.Word} by {Request.By}, key {Request.IdempotencyKey}, asked {AskedAt:mm:ss.fff}, now {clock.Now:mm:ss.fff}: "
        + (Fault?.Message
            ?? $"{Result?.Row?.StatusWord} {Result?.Outcome?.Word} {(Result?.Replayed == true ? "replayed " : "")}now "
                + $"{Result?.Now?.Outcome}; {Result?.Words}");
}
