namespace OpsManager.Verbs;

/// <summary>What <c>record --json</c> says: a line when a recording begins, and one when it has ended.</summary>
/// <param name="Event">begun or ended.</param>
/// <param name="File">The recording.</param>
/// <param name="Why">Why it ended; null where it begins.</param>
/// <param name="Failed">Whether it ended because of a fault; null where it begins.</param>
/// <param name="Summary">What was recorded and redacted; null where it begins.</param>
internal sealed record RecordReport(string Event, string RepoPath, string File, string? Why, bool? Failed, string? Summary);
