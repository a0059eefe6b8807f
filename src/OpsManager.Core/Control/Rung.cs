namespace OpsManager.Core.Control;

/// <summary>One thing that would show that an intent took effect.</summary>
/// <param name="Seen">The evidence; null while it was not seen.</param>
public sealed record Rung(string What, FreshEvidence? Seen);
