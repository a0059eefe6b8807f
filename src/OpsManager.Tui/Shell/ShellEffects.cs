using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>End the session.</summary>
public sealed record Leave : Effect;

/// <summary>Back to the shell until it continues us.</summary>
public sealed record GoToShell : Effect;

/// <summary>Paint every cell anew.</summary>
public sealed record PaintAnew : Effect;

/// <summary>Copy the tab of the detail that is shown, as plain text.</summary>
public sealed record CopyDetail : Effect;

/// <summary>Copy a line of the log as it stands in the file.</summary>
public sealed record CopyEvent(LoopKey Loop, int Row) : Effect;

/// <summary>Copy the text that is open in the pager.</summary>
public sealed record CopyFile(string Repo, string Path) : Effect;

/// <summary>Show a file in the operator's own pager.</summary>
/// <param name="Line">From 1; null for its start.</param>
public sealed record RunPager(string Repo, string Path, int? Line) : Effect;

/// <summary>Switch the event stream off or on.</summary>
public sealed record SwitchStream(bool SnapshotOnly) : Effect;

/// <summary>Ask a sprite now.</summary>
public sealed record WakeSprite(string Repo) : Effect;

/// <summary>Take another theme.</summary>
public sealed record TakeTheme(string Name) : Effect;
