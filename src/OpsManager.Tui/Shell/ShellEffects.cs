using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>End the session.</summary>
internal sealed record Leave : Effect;

/// <summary>Back to the shell until it continues us.</summary>
internal sealed record GoToShell : Effect;

/// <summary>Paint every cell again.</summary>
internal sealed record PaintAnew : Effect;

/// <summary>Copy the tab of the detail that is shown, as plain text.</summary>
internal sealed record CopyDetail : Effect;

/// <summary>Copy a line of the log as it is in the file.</summary>
internal sealed record CopyEvent(LoopKey Loop, int Row) : Effect;

/// <summary>Copy the text that is open in the pager.</summary>
internal sealed record CopyFile(string Repo, string Path) : Effect;

/// <summary>Show a file in the operator's own pager.</summary>
/// <param name="Line">From 1; null for its start.</param>
internal sealed record RunPager(string Repo, string Path, int? Line) : Effect;

/// <summary>Find the log that an event names.</summary>
internal sealed record FindEventLog(LoopKey Run, int Row) : Effect;

/// <summary>Switch the event stream off or on.</summary>
internal sealed record SwitchStream(bool SnapshotOnly) : Effect;

/// <summary>Ask a sprite now.</summary>
internal sealed record WakeSprite(string Repo) : Effect;

/// <summary>Take another theme.</summary>
internal sealed record TakeTheme(string Name) : Effect;
