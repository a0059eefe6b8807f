using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Projection;

/// <summary>The v1 projection of one loop: from artifacts alone, the same on every host.</summary>
public sealed record Projected
{
    public static readonly Projected Nothing = new();

    public Lifecycle Status { get; init; }

    public string RunId { get; init; } = ContractVersion.UnknownRun;

    public long Iteration { get; init; }

    public DivergenceFlags Flags { get; init; } = new()
    {
        ActiveMismatch = false,
        ApprovalCompletionConflict = false,
        CursorRegression = false
    };

    public Confidence Confidence { get; init; } = Confidence.Medium;

    public bool HasPendingApproval { get; init; }

    public bool? CompletionOk { get; init; }

    public JsonElement? Gates { get; init; }

    public JsonElement? Stuck { get; init; }

    public bool? Active { get; init; }

    public string? LastEventName { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }
}
