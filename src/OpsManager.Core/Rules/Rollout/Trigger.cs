using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Rollout;

/// <summary>A reason to roll a loop back, with its evidence.</summary>
/// <param name="Cause">One of <see cref="RollbackCauses"/>.</param>
/// <param name="Why">The cause in one sentence.</param>
public sealed record Trigger(string Cause, string Why, IReadOnlyList<EvidenceRecord> Evidence)
{
    public bool SaysTheSameAs(Trigger? other) => Cause == other?.Cause && Why == other.Why;
}
