using OpsManager.Control.Act;

namespace OpsManager.Tui.Session;

/// <summary>By what a session that may act sends intents.</summary>
public sealed record ControlSettings(IExecutor Executor, ControlDeskOptions Desk);
