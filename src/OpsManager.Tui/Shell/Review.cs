using OpsManager.Core.Model;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Pager;

namespace OpsManager.Tui.Shell;

/// <summary>Reading before a decision: from the box that asks to the texts, and back to it.</summary>
internal static class Review
{
    public static Step Open(AppModel model, ConfirmState asked)
    {
        if (model.Find(asked.Run) is not { } loop)
        {
            return model;
        }

        var whyNot = WhyNotCompared(model, loop);
        var texts = ReviewTexts.From(loop, whyNot ?? "The files are being compared with the last commit …");
        var opened = model with { Ui = model.Ui with { Overlay = Overlay.Pager, Pager = PagerUpdate.OpenReview(texts) } };
        return new(opened, whyNot is null ? new CompareWithCommit(asked.Run) : null);
    }

    /// <summary>Closes the pager: to the box that asks where it was opened from there, else to the panes.</summary>
    public static AppModel Close(AppModel model)
    {
        var ui = model.Ui;
        return ui is { Pager.Review: not null, Confirm: { } asked }
            ? model with { Ui = ui with { Overlay = Overlay.Confirm, Pager = null, Confirm = ConfirmUpdate.ComeBack(model, asked) } }
            : model with { Ui = ui with { Overlay = Overlay.None, Pager = null } };
    }

    public static AppModel Take(AppModel model, CommitCompared compared) =>
        model.Ui.Pager is { Review: { } review } pager && review.Run == compared.Run
            ? model with { Ui = model.Ui with { Pager = pager with { Review = review.With(ChangeText.Lines(compared.Changes)) } } }
            : model;

    private static string? WhyNotCompared(AppModel model, LoopModel loop) =>
        model.Replay is not null || model.SourceOf(loop.Repo).Replay is not null ? "A recording has no working directory to compare."
        : model.SourceOf(loop.Repo).Sprite is { } sprite
            ? $"The working directory is on sprite {sprite.Name}; compare it there: git status"
        : null;
}
