using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// What is in force of an intent at the moment of an answer; is beside the stored row, never in it (docs/control.md, "Asking again").
/// </summary>
/// <param name="Outcome">observed, consumed, completed, refused, contradicted or unknown.</param>
/// <param name="Why">Of the last three.</param>
public sealed record OutcomeNow(
    string Outcome,
    // Absent, and not null, where there is none: a reader must not ask for it.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why = null);
