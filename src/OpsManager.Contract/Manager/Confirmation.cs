namespace OpsManager.Contract.Manager;

/// <summary>Evidence that an intent took effect: at least one fact. Without it no row can say that anything was confirmed.</summary>
public sealed record Confirmation
{
    public Confirmation(EvidenceRecord first, IEnumerable<EvidenceRecord> more) => Evidence = [first, .. more];

    public IReadOnlyList<EvidenceRecord> Evidence { get; }
}
