using OpsManager.Sources.Changes;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>The files that differ were found, or why they were not.</summary>
internal sealed record CommitCompared(LoopKey Run, ChangeList Changes) : Message;
