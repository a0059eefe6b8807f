using System.IO.Abstractions;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Files;

namespace OpsManager.Control.Act;

/// <summary>
/// Keeps the record of every intent (docs/contract.md, "Manager files"): whole lines, appended, on disk before anything goes
/// on.
/// </summary>
internal sealed class ControlAudit(IFileSystem files, string repo, string loop)
{
    private readonly ManagerFiles kept = new(files, repo, loop);

    /// <summary>The first step. Every file that the outcome will need is looked at before: what cannot be recorded is not begun.</summary>
    /// <param name="held">The loop's short lock, where the caller holds it; here and below.</param>
    /// <exception cref="IOException">It cannot be kept, or its outcome could not be; then nothing may be sent.</exception>
    public void Begin(ControlRow row, LoopLock held)
    {
        kept.CheckRecords();
        Step(row, held);
    }

    /// <exception cref="IOException">It cannot be kept; then nothing may be sent.</exception>
    public void Step(ControlRow row, LoopLock? held = null) => Append(kept.ControlRows, row, ContractJson.Default.ControlRow, held);

    /// <summary>Keeps an outcome in all its places; one that is no success is escalated.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Finish(ControlEnd end, LoopLock? held = null)
    {
        Step(end.Step, held);
        Append(kept.Intents, end.Row, ContractJson.Default.IntentRow, held);
        Append(kept.ControlInvocations, end.Invocation, ContractJson.Default.ControlInvocation, held);
        if (end.Escalation is not null)
        {
            Append(kept.Escalations, end.Escalation, ContractJson.Default.EscalationRow, held);
        }
    }

    /// <summary>Keeps that a key was used again, and that nothing was done.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Again(ReplayedControl again)
    {
        Append(kept.Intents, again.Row, ContractJson.Default.IntentRow, null);
        Append(kept.ControlInvocations, again.Invocation, ContractJson.Default.ControlInvocation, null);
    }

    /// <summary>Adds evidence that came after the outcome. Of a later step of a success intents.jsonl has nothing new to say.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Add(ControlEnd late, ControlCase known, LoopLock? held = null)
    {
        if (known.IsSuccess && late.Outcome is Outcome.Success)
        {
            Step(late.Step, held);
        }
        else
        {
            Finish(late, held);
        }
    }

    private void Append<T>(GuardedPath path, T row, JsonTypeInfo<T> type, LoopLock? held) => kept.AppendDurably(path, row, type, held);
}
