using OpsManager.Contract;
using OpsManager.Core.Model;

namespace OpsManager.Tui.State;

/// <summary>What can be done about a loop that the manager has stepped back from: read the note, and arm it again (docs/rollout.md).</summary>
public static class Rearming
{
    /// <summary>Why the loop cannot be armed from here; null where it can be tried.</summary>
    public static string? WhyNot(AppModel model) => model.WhyNoControl
        ?? (ConfirmUpdater.Target(model) is not { } loop ? Availability.NoRun(model) : model.WhyNotIn(loop.Repo) is { } why ? why : loop.Rollback is null ? "the run's loop is not rolled back" : null);

    /// <summary>The note of the run's rollback; null where there is none.</summary>
    public static string? Note(LoopModel? loop) => loop?.Rollback?.Incident is { } incident ? ArtifactPaths.Incident(loop.Id, incident) : null;

    public static AppModel Ask(AppModel model) => model with { Ui = model.Ui with { Prompt = PromptState.Rearm(LoopKey.Of(ConfirmUpdater.Target(model)!)) } };

    public static AppModel ShowNote(AppModel model) => ConfirmUpdater.Target(model) is { } loop && Note(loop) is { } path
        ? model with { Ui = model.Ui with { Overlay = Overlay.Pager, Pager = new PagerState(loop.Repo, path, null, path) } }
        : model;

    /// <summary>The reason was written; without one nothing is done.</summary>
    public static Step Take(AppModel open, AppModel closed, PromptState prompt) => prompt.Text.Trim() is not { Length: > 0 } reason
        ? open with { Ui = open.Ui with { Toast = Toast.Note("it takes a reason: it goes into the note", open.Steady) } }
        : new Step(closed with { Ui = closed.Ui with { Toast = Toast.Note("reading the artifacts anew", closed.Steady) } }, new ArmAgain(prompt.Run!.Value, reason));
}
