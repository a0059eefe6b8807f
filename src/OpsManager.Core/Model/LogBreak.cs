using OpsManager.Core.Observations;

namespace OpsManager.Core.Model;

/// <summary>
/// A moment at which the followed log turned out to be another one; shown as a row of ours in the timeline, never spliced over.
/// </summary>
public sealed record LogBreak(DateTimeOffset At, LogBreakKind Kind, string Fact);
