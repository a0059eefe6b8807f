using OpsManager.Contract.Manager;
using OpsManager.Core.Control;

namespace OpsManager.Control.Act;

/// <summary>What came of a request, as it stands in intents.jsonl.</summary>
/// <param name="Row">Null where nothing was sent because of <see cref="Changes"/>.</param>
/// <param name="Outcome">Null where nobody looked, on request, or where the row was there before.</param>
/// <param name="Replayed">The key had been carried out before; nothing was done now.</param>
/// <param name="AuditFault">Why the record of the outcome could not be kept; null where it was.</param>
public sealed record ControlResult(IntentRow? Row, Outcome? Outcome, bool Replayed, string? AuditFault = null)
{
    /// <summary>What is different from what the operator confirmed; empty where nothing is.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}
