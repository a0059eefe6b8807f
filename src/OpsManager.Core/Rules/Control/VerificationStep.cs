namespace OpsManager.Core.Rules.Control;

/// <summary>A verification step: one thing that would show that an intent took effect.</summary>
/// <param name="Seen">The evidence; null while it was not seen.</param>
/// <param name="IsLater">It comes after the intent is known to have taken effect: a run goes on with it.</param>
public sealed record VerificationStep(string What, FreshEvidence? Seen, bool IsLater = false);
