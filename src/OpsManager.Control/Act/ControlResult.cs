using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>The result of a request, as it is in intents.jsonl.</summary>
/// <param name="Row">Null where nothing was sent because of <see cref="Changes"/>.</param>
/// <param name="Outcome">Null where the result was not verified, on request, or where the row was there before.</param>
/// <param name="Replayed">The key had been carried out before; nothing was done now.</param>
/// <param name="AuditFault">Why the record of the outcome could not be kept; null where it was.</param>
public sealed record ControlResult(IntentRow? Row, Outcome? Outcome, bool Replayed, string? AuditFault = null)
{
    /// <summary>What is different from what the operator confirmed; empty where nothing is.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Another control has held the loop for too long: nothing was sent or recorded, and the key is still unused.</summary>
    public bool IsHeldOff { get; init; }

    /// <summary>What is in force now; null where that is unknown.</summary>
    public OutcomeNow? Now { get; init; }

    /// <summary>The row as it is printed: as it is stored, and what is in force now beside it.</summary>
    public IntentRow? Answer => Row is null ? null : Row with { Now = Now };

    /// <summary>0 confirmed, or unconfirmed on request; 1 failed; 2 ambiguous (docs/contract.md, "Command line").</summary>
    public int ExitCode => Row?.Status switch
    {
        IntentStatus.Confirmed or IntentStatus.ExecutedUnconfirmed => ExitCodes.Ok,
        IntentStatus.FailedCommand => ExitCodes.Failed,
        _ => ExitCodes.Ambiguous,
    };

    /// <summary>What there is to say beside the row; null where nothing is.</summary>
    public string? Words => (AuditFault, Outcome) switch
    {
        ({ } fault, Outcome.Refused refused) => $"refused: {refused.Why}. This could not be recorded: {fault}",
        ({ } fault, _) => $"sent, but the result could not be recorded: {fault}",
        (_, Outcome.Refused refused) => $"refused: {refused.Why}",
        (_, Outcome.Contradicted contradicted) => $"contradicted: {contradicted.Why}",
        (_, Outcome.Unknown unknown) => $"unknown: {unknown.Why}",
        (_, Outcome.Success success) when Replayed =>
            $"this key was used before, so nothing was sent now; its result is confirmed",
        _ when Replayed && Now is { Why: { } why } now =>
            $"this key was used before, so nothing was sent now; its result is {now.Outcome}: {why}",
        (_, Outcome.Success { DecidedBy: { } by }) when by != Row?.RequestedBy => $"confirmed by the decision of {by}, which is in force",
        _ when Replayed => "this key was used before, so nothing was sent now",
        _ => null,
    };
}
