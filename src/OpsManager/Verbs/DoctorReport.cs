namespace OpsManager.Verbs;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Problems">What an operator should mend; each names the file and the line where there is one.</param>
internal sealed record DoctorReport(IReadOnlyList<DoctorFact> Facts, IReadOnlyList<string> Problems);

/// <summary>One thing that was looked at.</summary>
/// <param name="Why">What decided it or what follows from it; null where nothing is to be said.</param>
internal sealed record DoctorFact(string Topic, string Value, string? Why = null);
