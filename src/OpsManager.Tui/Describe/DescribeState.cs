using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Describe;

/// <summary>What the box describes, and where the operator is in it.</summary>
/// <param name="Alert">The alert; null where it is a run.</param>
/// <param name="Run">The run that is described, or that of the alert.</param>
/// <param name="Top">First visible row.</param>
internal sealed record DescribeState(AlertKey? Alert, LoopKey Run, int Top = 0);
