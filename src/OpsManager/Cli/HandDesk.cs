using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Cli;

/// <summary>Verifies what an operator did by hand, for the verb and for the screen.</summary>
/// <param name="by">The operator.</param>
/// <param name="trace">The trace id of the record.</param>
internal sealed class HandDesk(VerbContext context, string by, string trace)
{
    /// <summary>The result, which is recorded in the repository.</summary>
    /// <param name="timeout">How long to look for the evidence; zero is one look.</param>
    /// <param name="interval">Between two looks, at most.</param>
    /// <exception cref="Contract.ContractException">The loop cannot be read.</exception>
    /// <exception cref="IOException">The record cannot be read.</exception>
    public Task<ControlResult> VerifyAsync(
        string repo, string loop, Intent intent, TimeSpan timeout, TimeSpan interval, CancellationToken cancel) =>
        new HandControl(context.Files, context.Time).ConfirmAsync(
            new ControlRequest
            {
                Repo = repo,
                Loop = loop,
                Intent = intent,
                By = by,
                Command = RuntimeCommand.Usual,
                TraceId = trace,
                IdempotencyKey = context.NewTraceId(),
                Timeout = timeout,
                Interval = interval,
            },
            cancel);
}
