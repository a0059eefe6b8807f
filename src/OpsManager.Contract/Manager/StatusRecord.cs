using System.Text.Json;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Contract.Manager;

/// <summary>What the <c>status</c> verb prints: the manager's files of one loop, gathered (docs/contract.md, "Command line").</summary>
public sealed record StatusRecord
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset GeneratedAt { get; init; }

    public required SourceRef Source { get; init; }

    public required StatusLifecycle Lifecycle { get; init; }

    public required HealthRecord? Health { get; init; }

    public required CursorFile? Cursor { get; init; }

    public required StatusControl Control { get; init; }

    public required StatusReconcile Reconcile { get; init; }

    public required StatusVisibility Visibility { get; init; }

    public required AssessmentRecord? Assessment { get; init; }
}

/// <summary>The contract status as last projected.</summary>
public sealed record StatusLifecycle
{
    public required Lifecycle State { get; init; }

    public required Confidence Confidence { get; init; }

    public required string RunId { get; init; }

    public required long Iteration { get; init; }
}

/// <summary>The newest row of intents.jsonl, null where there is none.</summary>
public sealed record StatusControl
{
    public required string? LastIntent { get; init; }

    public required string? LastStatus { get; init; }

    public required string? LastAt { get; init; }

    public required string? LastBy { get; init; }
}

/// <summary>The newest row of telemetry/reconcile.jsonl, null where there is none.</summary>
public sealed record StatusReconcile
{
    public required string? LastStatus { get; init; }

    public required string? LastAt { get; init; }

    public required string? LastError { get; init; }
}

/// <summary>The rest of the manager's files, as they are.</summary>
public sealed record StatusVisibility
{
    public required JsonElement? Heartbeat { get; init; }

    public required JsonElement? Sequence { get; init; }

    public required JsonElement? InvocationAudit { get; init; }

    public required TraceRecord Trace { get; init; }
}
