using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Timeline;

/// <summary>A search went on, or began.</summary>
internal sealed record SearchAdvanced(LogSearch Search) : Message;

/// <summary>Lines of the log that have become visible were read.</summary>
internal sealed record LinesRead(VisibleLines Lines) : Message;
