using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// <c>confirm</c> of an intent's row: how its effect was looked for, and what was seen last (docs/contract.md, "Manager files"). Scripts
/// read every field but the evidence, which is ours.
/// </summary>
/// <param name="Reason">Why the looking ended: what was seen, <c>contradicted</c>, or <c>timeout</c>.</param>
/// <param name="Attempts">How often the loop was looked at.</param>
/// <param name="TimeoutSeconds">How long it would have been looked at.</param>
/// <param name="ObservedStatus">The contract status that was seen last; <c>unknown</c> where the loop was not read.</param>
/// <param name="Evidence">Of a confirmed one only.</param>
public sealed record ConfirmReport(
    string Intent,
    bool Confirmed,
    string Reason,
    int Attempts,
    double TimeoutSeconds,
    string ObservedStatus,
    string? ObservedLastEvent,
    string? ObservedApprovalStatus,
    bool ObservedActive,
    DateTimeOffset ObservedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EvidenceRecord>? Evidence);
