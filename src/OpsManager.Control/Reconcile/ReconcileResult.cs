using OpsManager.Contract.Manager;

namespace OpsManager.Control.Reconcile;

/// <summary>How a reconcile ended: with a state, or with a failure that left cursor and state as they were.</summary>
public sealed record ReconcileResult(ManagerState? State, HealthRecord Health)
{
    public bool Succeeded => State is not null;
}
