using OpsManager.Contract.Manager;

namespace OpsManager.Tui.State;

/// <summary>Changing the stage of a loop, with a reason (docs/rollout.md).</summary>
public static class Staging
{
    public static string Word(RolloutStage stage) => stage == RolloutStage.Passive ? "passive" : "assisted";

    /// <summary>Why the stage cannot be changed here; null where it can.</summary>
    public static string? WhyNot(AppModel model) => model.WhyNoControl
        ?? (ConfirmUpdater.Target(model) is not { } loop ? Availability.NoRun(model) : model.WhyNotIn(loop.Repo) is { } why ? why : model.Fleet.Repos[loop.Repo].Replay is not null ? "a recording has no stage" : null);

    public static Step Ask(AppModel model, RolloutStage stage) => WhyNot(model) is { } why
        ? model with { Ui = model.Ui with { Toast = Toast.Note(why, model.Steady) } }
        : model with { Ui = model.Ui with { Prompt = PromptState.Stage(LoopKey.Of(ConfirmUpdater.Target(model)!), stage) } };

    /// <summary>The reason was written; without one nothing is kept.</summary>
    public static Step Take(AppModel open, AppModel closed, PromptState prompt) => prompt.Text.Trim() is not { Length: > 0 } reason
        ? open with { Ui = open.Ui with { Toast = Toast.Note("it takes a reason: it is what the others read", open.Steady) } }
        : new Step(closed, new KeepStage(prompt.Change!.Value.Run, prompt.Change.Value.Stage, reason));
}
