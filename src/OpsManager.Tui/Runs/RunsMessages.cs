using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>The operator wants another run.</summary>
internal sealed record RunChosen(LoopKey Run) : Message;

/// <summary>The operator wants the runs sorted so.</summary>
internal sealed record SortChosen(RunSort Sort) : Message;
