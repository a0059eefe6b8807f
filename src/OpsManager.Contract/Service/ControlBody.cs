using System.Text.Json.Serialization;

namespace OpsManager.Contract.Service;

/// <summary>What <c>POST /ops/control</c> is sent (docs/contract.md, "Service").</summary>
public sealed record ControlBody
{
    public required string LoopId { get; init; }

    /// <summary><c>cancel</c>, <c>approve</c> or <c>reject</c>.</summary>
    public required string Intent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdempotencyKey { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? NoConfirm { get; init; }
}
