using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Rules.Sequence;

namespace OpsManager.Core.Rules.Projection;

/// <summary>Everything that the manager's state is projected from.</summary>
public sealed record ProjectionInput
{
    public required SnapshotEnvelope Snapshot { get; init; }

    public required IngestedEvents Events { get; init; }

    /// <summary>The state kept before; null the first time.</summary>
    public required KeptState? Before { get; init; }

    /// <summary>Reading from the start was asked for: there is no transition. What was kept is compared with all the same.</summary>
    public bool FromStart { get; init; }

    /// <summary>The log is not the one that the kept cursor is of, whether or not it is shorter.</summary>
    public bool LogReplaced { get; init; }

    public required AssessmentRecord Assessment { get; init; }

    public required SequenceRecord Sequence { get; init; }

    /// <summary>Made once the flags are known, because divergence is part of health.</summary>
    public required Func<DivergenceFlags, HealthRecord> Health { get; init; }

    public required string? TraceId { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>Projects a snapshot and the events ingested with it to the manager's state (docs/contract.md, "Projection").</summary>
public static class StateProjector
{
    public static ManagerState Project(ProjectionInput input)
    {
        var snapshot = input.Snapshot;
        var newest = input.Events.Newest;
        var active = snapshot.Runtime.SuperloopState?.Flag("active");
        var completionOk = snapshot.Run.Summary?.Flag("completion_ok");
        var flags = Projector.Flags(
            active,
            newest?.Name,
            snapshot.Health.HasPendingApproval,
            completionOk ?? false,
            input.LogReplaced || snapshot.Cursor.EventLineOffset < input.Before?.EventLineOffset);
        return new ManagerState
        {
            SchemaVersion = ContractVersion.V1,
            GeneratedAt = input.Now,
            Source = snapshot.Source,
            Run = new EventRun { RunId = snapshot.Run.RunId, Iteration = snapshot.Run.Iteration },
            Transition = new TransitionRecord
            {
                PreviousState = input.FromStart ? null : input.Before?.CurrentState,
                TriggeringSignal = newest is null ? $"snapshot_status:{snapshot.Run.Status.Word()}" : $"event:{newest.Name}",
                CurrentState = snapshot.Run.Status,
                Confidence = Projector.ConfidenceOf(flags, newest is not null),
            },
            Projection = new ProjectionRecord
            {
                Status = snapshot.Run.Status,
                HasPendingApproval = snapshot.Health.HasPendingApproval,
                CompletionOk = completionOk,
                Gates = snapshot.Health.Gates,
                Stuck = snapshot.Health.Stuck,
                Active = active,
                LastEventName = newest?.Name ?? snapshot.Health.LastEventName,
                LastEventAt = newest?.Timestamp ?? snapshot.Health.LastEventAt,
            },
            Cursor = snapshot.Cursor,
            Divergence = new DivergenceRecord { Any = flags.Any, Flags = flags },
            Evidence = new ProjectionEvidence
            {
                SnapshotEmittedAt = snapshot.EmittedAt,
                EventsIngested = input.Events.Count,
                NewestEvent = newest,
                Artifacts = snapshot.Artifacts,
            },
            Health = input.Health(flags),
            Sequence = input.Sequence,
            Trace = new TraceRecord { TraceId = input.TraceId },
            Assessment = input.Assessment,
        };
    }
}
