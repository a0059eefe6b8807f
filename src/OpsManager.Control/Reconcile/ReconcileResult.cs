using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Escalate;

namespace OpsManager.Control.Reconcile;

/// <summary>How a reconcile ended: with a state, or with a failure that left cursor and state as they were.</summary>
public sealed record ReconcileResult(ManagerState? State, HealthRecord Health)
{
    public bool Succeeded => State is not null;

    /// <summary>What may have to be told of it, also where it failed.</summary>
    /// <param name="sprite">Name of the sprite whose copy it is; null for a repository.</param>
    public LoopHealth ToTell(ReconcileRequest request, string? sprite) => new(
        sprite is null ? request.Repo : LoopHealth.OfSprite(sprite), request.Repo, request.Loop, State?.Run.RunId,
        State?.Assessment.Lifecycle ?? Health.Metrics?.LifecycleState ?? Lifecycle.Unknown,
        Health.Status, Health.ReasonCodes, State?.Assessment.Findings ?? []);
}
