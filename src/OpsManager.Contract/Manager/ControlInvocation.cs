using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// A row of telemetry/control-invocations.jsonl: an intent's row, and how it was carried out (docs/contract.md, "Manager
/// files").
/// </summary>
public sealed class ControlInvocation(IntentRow row)
{
    public string SchemaVersion => ContractVersion.V1;

    public DateTimeOffset? Timestamp => row.Timestamp;

    public string? LoopId => row.LoopId;

    public string Intent => row.Intent;

    public string? TraceId => row.TraceId;

    public string? RequestedBy => row.RequestedBy;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note => row.Note;

    public string? Transport => row.Transport;

    public IntentStatus? Status => row.Status;

    public string? Command => row.Command;

    public string? IdempotencyKey => row.IdempotencyKey;

    public int? ExitCode => row.ExitCode;

    public int? ConfirmExitCode => row.ConfirmExitCode;

    [JsonPropertyName("confirmed")]
    public bool? IsConfirmed => row.IsConfirmed;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CommandOutput => row.CommandOutput;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Confirm => row.Confirm;

    public required DateTimeOffset StartedAt { get; init; }

    public required InvocationRequest Request { get; init; }

    public required InvocationExecution Execution { get; init; }

    public required InvocationConfirmation Confirmation { get; init; }

    public required InvocationOutcome Outcome { get; init; }
}

/// <summary>How it was asked for.</summary>
public sealed record InvocationRequest(
    bool DoConfirm, double TimeoutSeconds, double IntervalSeconds, int RetryAttempts, double RetryBackoffSeconds);

/// <summary>How the command went: <c>succeeded</c>, <c>failed_command</c> or <c>not_started</c>.</summary>
public sealed record InvocationExecution(
    string Status, int? ExitCode, string Command, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Output,
    bool Replayed);

/// <summary>How the confirmation went: <c>confirmed</c>, <c>ambiguous</c>, <c>skipped</c> or <c>not_attempted</c>.</summary>
/// <param name="Result">The outcome in a word: observed, consumed, completed, refused, contradicted or unknown.</param>
public sealed record InvocationConfirmation(
    bool Attempted, string Status, int? ExitCode, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Result)
{
    /// <summary>The row's <c>confirm</c>, as an object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Outcome { get; init; }
}

/// <summary>The result as a whole.</summary>
public sealed record InvocationOutcome(
    IntentStatus Status, bool Confirmed, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReasonCode,
    double DurationSeconds);
