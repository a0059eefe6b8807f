using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>Finds the files of a run's repository that differ from its last commit.</summary>
internal sealed record CompareWithCommit(LoopKey Run) : Effect;
