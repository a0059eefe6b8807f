namespace OpsManager.Contract.Manager;

/// <summary>What a row says of an intent besides its result (docs/contract.md, "Manager files").</summary>
/// <param name="Timestamp">When the row was made.</param>
/// <param name="Transport"><c>local</c> or <c>sprite_service</c>.</param>
/// <param name="Command">The command line in one text, as it could be run by hand.</param>
/// <param name="ExitCode">Of the command; null where it did not end by itself.</param>
/// <param name="CommandOutput">The beginning of what it wrote; null where it wrote nothing.</param>
public sealed record IntentFacts(
    DateTimeOffset Timestamp,
    string LoopId,
    string Intent,
    string TraceId,
    string RequestedBy,
    string? Note,
    string Transport,
    string Command,
    string IdempotencyKey,
    int? ExitCode,
    string? CommandOutput);
