namespace OpsManager.Tui.Shell;

/// <summary>The newest click: a second one on the same cell opens.</summary>
/// <param name="At">In the session's own time (<see cref="OpsManager.Tui.Watch.Watched.Uptime"/>).</param>
internal readonly record struct Click(int Row, int Column, TimeSpan At);
