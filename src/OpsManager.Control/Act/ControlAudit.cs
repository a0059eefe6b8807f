using System.IO.Abstractions;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;
using OpsManager.Core.Control;
using OpsManager.Sources.Files;

namespace OpsManager.Control.Act;

/// <summary>Keeps the record of every intent (docs/contract.md, "Manager files"): whole lines, appended, on disk before anything goes on.</summary>
public sealed class ControlAudit(IFileSystem files, string repo, string loop)
{
    private readonly ManagerFiles kept = new(files, repo, loop);

    /// <exception cref="IOException">It cannot be kept; then nothing may be sent.</exception>
    public void Step(ControlRow row) => Append(kept.ControlRows, row, ContractJson.Default.ControlRow);

    /// <summary>Keeps an outcome in all its places; one that is no success is escalated.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Finish(ControlEnd end)
    {
        Step(end.Step);
        Append(kept.Intents, end.Row, ContractJson.Default.IntentRow);
        Append(kept.ControlInvocations, end.Invocation, ContractJson.Default.ControlInvocation);
        if (end.Escalation is not null)
        {
            Append(kept.Escalations, end.Escalation, ContractJson.Default.EscalationRow);
        }
    }

    /// <summary>Adds what was seen after an outcome was told. Of a later step of a success intents.jsonl has nothing new to say.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Add(ControlEnd late, ControlCase known)
    {
        if (known.IsSuccess && late.Outcome is Outcome.Success)
        {
            Step(late.Step);
        }
        else
        {
            Finish(late);
        }
    }

    private void Append<T>(GuardedPath path, T row, JsonTypeInfo<T> type) => kept.AppendDurably(path, row, type);
}
