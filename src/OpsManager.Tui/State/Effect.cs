using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Tui.State;

/// <summary>Something that a message asks of the world outside the model. What comes of it comes back as a message.</summary>
public abstract record Effect;

/// <summary>End the session.</summary>
public sealed record Leave : Effect;

/// <summary>Back to the shell until it continues us.</summary>
public sealed record GoToShell : Effect;

/// <summary>Paint every cell anew.</summary>
public sealed record PaintAnew : Effect;

/// <summary>Send text to the terminal's clipboard.</summary>
/// <param name="What">What it is, in a word or two.</param>
public sealed record CopyText(string What, string Text) : Effect;

/// <summary>Copy the tab of the detail that is shown, as plain text.</summary>
public sealed record CopyDetail : Effect;

/// <summary>Copy a line of the log as it stands in the file.</summary>
public sealed record CopyEvent(LoopKey Loop, int Row) : Effect;

/// <summary>Copy the text that is open in the pager.</summary>
public sealed record CopyFile(string Repo, string Path) : Effect;

/// <summary>Show a file in the operator's own pager.</summary>
/// <param name="Line">From 1; null for its start.</param>
public sealed record RunPager(string Repo, string Path, int? Line) : Effect;

/// <summary>Say when nothing has followed the sending key for a moment.</summary>
public sealed record AwaitSilence(TimeSpan PressedAt) : Effect;

/// <summary>Send what the operator confirmed.</summary>
public sealed record SendIntent(ControlPlan Plan, RuntimeCommand Command) : Effect;

/// <summary>Keep that the operator has seen an outcome.</summary>
public sealed record KeepAcknowledgement(LoopKey Run, ControlCase Case, string Note) : Effect;

/// <summary>Set the stage of a loop.</summary>
public sealed record KeepStage(LoopKey Run, RolloutStage Stage, string Reason) : Effect;

/// <summary>Arm a loop again after a rollback.</summary>
public sealed record ArmAgain(LoopKey Run, string Reason) : Effect;

/// <summary>Switch the event stream off or on.</summary>
public sealed record SwitchStream(bool SnapshotOnly) : Effect;

/// <summary>Ask a sprite now.</summary>
public sealed record WakeSprite(string Repo) : Effect;

/// <summary>Take another theme.</summary>
public sealed record TakeTheme(string Name) : Effect;
