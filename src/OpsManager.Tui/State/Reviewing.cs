using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Tui.State;

/// <summary>The queue of intents that were refused, contradicted or stayed unknown: each stays until an operator says that they have seen it.</summary>
public static class Reviewing
{
    /// <summary>The one that would be acknowledged now: that of the alert under the cursor, else the newest of the run.</summary>
    public static ReviewKey? Next(AppModel model)
    {
        if (model.Ui.Focus == PaneId.Alerts && Cursor.Alert(model) is >= 0 and var index && model.Alerts[index] is { Loop: { } of, Finding: { Code: FindingCodes.ControlUnreviewed } finding })
        {
            return new(LoopKey.Of(of), finding.Evidence[0].Value ?? "");
        }

        return ConfirmUpdater.Target(model) is { } loop && loop.Cases.Unreviewed.FirstOrDefault() is { } newest ? new(LoopKey.Of(loop), newest.Key) : null;
    }

    public static ControlCase? Find(AppModel model, ReviewKey subject) => model.Fleet.Loop(subject.Run.Repo, subject.Run.Loop)?.Cases.Find(subject.Key);

    /// <summary>The note was written; without one nothing is kept.</summary>
    public static Step Take(AppModel open, AppModel closed, PromptState prompt) => prompt.Text.Trim() is not { Length: > 0 } words
        ? open with { Ui = open.Ui with { Toast = Toast.Note("it takes a note: what you make of it", open.Steady) } }
        : Find(closed, prompt.Subject!) is { } known ? new Step(closed, new KeepAcknowledgement(prompt.Subject!.Run, known, words)) : closed;
}
