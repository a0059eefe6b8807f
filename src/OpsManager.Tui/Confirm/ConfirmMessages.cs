using OpsManager.Contract.Manager;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>Something came that is no answer where one is asked for: pasted text, or a key that means nothing there.</summary>
internal sealed record UnexpectedInput : Message;

/// <summary>Nothing followed the sending key for a moment.</summary>
internal sealed record SendDue(TimeSpan PressedAt) : Message;

/// <summary>An intent is on its way.</summary>
internal sealed record IntentSent(ControlPlan Plan, string Key) : Message;

/// <summary>An intent waits for another control of the loop to end.</summary>
internal sealed record IntentWaits(string Key, string Text) : Message;

/// <summary>The sending of an intent has ended.</summary>
/// <param name="Fault">What went wrong; null where nothing did.</param>
/// <param name="Changes">Why it was not sent: what is different from what was confirmed.</param>
/// <param name="WasSent">Whether the command was started.</param>
internal sealed record IntentEnded(string Key, string? Fault, IReadOnlyList<string> Changes, bool WasSent) : Message;

/// <summary>The operator wants another stage for the run that is acted on: a reason is asked for.</summary>
internal sealed record StageChosen(RolloutStage Stage) : Message;

/// <summary>What was done by hand is to be verified.</summary>
internal sealed record HandAsked(LoopKey Run, Intent Intent) : Message;
