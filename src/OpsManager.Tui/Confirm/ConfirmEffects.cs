using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Confirm;

/// <summary>Say when nothing has followed the sending key for a moment.</summary>
internal sealed record AwaitSilence(TimeSpan PressedAt) : Effect;

/// <summary>Send what the operator confirmed.</summary>
internal sealed record SendIntent(ControlPlan Plan, RuntimeCommand Command) : Effect;

/// <summary>Keep that the operator has seen an outcome.</summary>
internal sealed record KeepAcknowledgement(LoopKey Run, ControlCase Case, string Note) : Effect;

/// <summary>Set the stage of a loop.</summary>
internal sealed record KeepStage(LoopKey Run, RolloutStage Stage, string Reason) : Effect;

/// <summary>Re-arm a loop after a rollback.</summary>
internal sealed record ArmAgain(LoopKey Run, string Reason) : Effect;

/// <summary>Verify what was done by hand, beside the screen.</summary>
internal sealed record VerifyByHand(LoopKey Run, Intent Intent) : Effect;
