using System.IO.Abstractions;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Act;

/// <summary>Keeps the record of every intent (docs/contract.md, "Manager files"): whole lines, appended, on disk before anything goes on.</summary>
public sealed class ControlAudit(IFileSystem files, string repo, string loop)
{
    private readonly ManagerFiles kept = new(files, repo, loop);

    /// <exception cref="IOException">It cannot be kept; then nothing may be sent.</exception>
    public void Step(ControlRow row) => Append(kept.ControlRows, row, ContractJson.Default.ControlRow);

    /// <summary>Keeps an outcome in all three places; one that is no success is escalated.</summary>
    public void Finish(IntentRow row, ControlInvocation invocation, EscalationRow? escalation)
    {
        Append(kept.Intents, row, ContractJson.Default.IntentRow);
        Append(kept.ControlInvocations, invocation, ContractJson.Default.ControlInvocation);
        if (escalation is not null)
        {
            Append(kept.Escalations, escalation, ContractJson.Default.EscalationRow);
        }
    }

    private void Append<T>(string path, T row, JsonTypeInfo<T> type) => kept.AppendDurably(path, row, type);
}
