using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// A moment at which the followed log turned out to be another one; shown as a row of ours in the timeline, never spliced over.
/// </summary>
public sealed record LogBreak(DateTimeOffset At, LogBreakKind Kind, string Fact);
