using System.Collections.Immutable;
using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Sources.Local;

namespace OpsManager.Tui.State;

/// <summary>Everything that can happen to the screen.</summary>
public abstract record Message;

/// <summary>The fold has a new model.</summary>
public sealed record FleetChanged(FleetModel Fleet) : Message;

/// <summary>config.yaml names other sprites, or says something else of them.</summary>
/// <param name="Sprites">How each repository is shown, by its path.</param>
public sealed record SpritesChanged(ImmutableDictionary<string, SpriteLook> Sprites) : Message;

/// <summary>A second has passed.</summary>
public sealed record ClockTicked(DateTimeOffset Now, DateTimeOffset? Steady = null) : Message;

/// <summary>The terminal has another size.</summary>
public sealed record Resized(Size Size) : Message;

/// <summary>The operator asked for something.</summary>
public sealed record Asked(ActionId Action) : Message;

/// <summary>Keys were pressed that ask for something only together with the next one; <see cref="KeySequence.None"/> where that did not come.</summary>
public sealed record KeysPending(KeySequence Pressed) : Message;

/// <summary>Text was typed or pasted into the prompt.</summary>
public sealed record Typed(string Text) : Message;

/// <summary>The operator wants another run.</summary>
public sealed record RunChosen(LoopKey Run) : Message;

/// <summary>The operator wants the runs sorted so.</summary>
public sealed record SortChosen(RunSort Sort) : Message;

/// <summary>The operator wants another theme.</summary>
public sealed record ThemeChosen(string Name) : Message;

/// <summary>The operator wants another stage for the run that is acted on: a reason is asked for.</summary>
public sealed record StageChosen(RolloutStage Stage) : Message;

/// <summary>Another theme, or the same one as its file says now, is in force.</summary>
public sealed record ThemeTaken(Theme Theme) : Message;

/// <summary>Something to tell the operator.</summary>
public sealed record Told(string Text, bool IsFault = false) : Message;

/// <summary>A search went on, or began.</summary>
public sealed record SearchAdvanced(LogSearch Search) : Message;

/// <summary>The files of the current run's loop were listed.</summary>
public sealed record FilesListed(LoopKey Loop, LoopFileList Files) : Message;

/// <summary>Something came that is no answer where one is asked for: pasted text, or a key that means nothing there.</summary>
public sealed record Strayed : Message;

/// <summary>Nothing followed the sending key for a moment.</summary>
public sealed record SendDue(TimeSpan PressedAt) : Message;

/// <summary>An intent is on its way.</summary>
public sealed record IntentSent(ControlPlan Plan, string Key) : Message;

/// <summary>An intent waits for another control of the loop to end.</summary>
public sealed record IntentWaits(string Key, string Text) : Message;

/// <summary>The sending of an intent has ended.</summary>
/// <param name="Fault">What went wrong; null where nothing did.</param>
/// <param name="Changes">Why it was not sent: what is different from what was confirmed.</param>
/// <param name="WasSent">Whether the command was started.</param>
public sealed record IntentEnded(string Key, string? Fault, IReadOnlyList<string> Changes, bool WasSent) : Message;

/// <summary>Lines of the log that have become visible were read.</summary>
public sealed record LinesRead(VisibleLines Lines) : Message;

/// <summary>The visible lines of the text in the pager were read.</summary>
public sealed record PagerRead(string Path, PagerText Text) : Message;
