using OpsManager.Configuration.Keymaps;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Help;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Pager;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>Keys in the line that is being typed, and what becomes of it in the feature that it is for.</summary>
internal static class PromptUpdater
{
    /// <summary>What is typed takes effect at once: a filter filters.</summary>
    public static Step Edit(AppModel model, Func<PromptState, PromptState> change)
    {
        if (model.Ui.Prompt is not { } prompt)
        {
            return model;
        }

        var next = change(prompt);
        return model with { Ui = Filtered(model.Ui with { Toast = null, Prompt = next }, next.Kind, next.Text) };
    }

    public static Step Ask(AppModel model, ActionId action) => model.Ui.Prompt is not { } prompt ? model : action switch
    {
        ActionId.Accept => Accept(model, prompt),
        ActionId.Cancel => Cancel(model, prompt),
        ActionId.Complete => PromptUpdate.Chosen(prompt, Choices(model, prompt)) is { } choice
            ? Edit(model, _ => PromptUpdate.Complete(prompt, choice))
            : model,
        ActionId.NextChoice => Choose(model, prompt, 1),
        ActionId.PreviousChoice => Choose(model, prompt, -1),
        // Deleting from an empty line leaves it, as in other consoles.
        ActionId.DeleteBack when prompt.Text.Length == 0 => Cancel(model, prompt),
        _ => PromptUpdate.Edit(prompt, action) is { } edited ? Edit(model, _ => edited) : model,
    };

    /// <summary>What the typed line may mean; empty where it is only text.</summary>
    public static IReadOnlyList<Choice> Choices(AppModel model, PromptState? prompt) => prompt switch
    {
        { Kind: PromptKind.Palette } => Commands.Choices(model, prompt.Text),
        { Kind: PromptKind.Filter } => FilterWords.Choices(model.Current, prompt),
        { Kind: PromptKind.Runs } => StateWords.Choices(prompt),
        _ => [],
    };

    public static Step AskAcknowledgement(AppModel model) =>
        MarkedRuns.Of(model) is { Count: > 0 } marked ? Open(model, PromptState.ForMarked(marked.Select(LoopKey.From), null)) :
        Reviewing.Next(model.FocusedAlert, model.Target) is { } next ? Open(model, PromptState.Acknowledge(next)) : model;

    public static Step AskRearming(AppModel model) =>
        model.Target is { } loop ? Open(model, PromptState.Rearm(LoopKey.From(loop))) : model;

    /// <summary>Another stage needs a reason.</summary>
    public static Step AskStage(AppModel model, RolloutStage stage) =>
        MarkedRuns.Of(model) is { Count: > 0 } marked ? Open(model, PromptState.ForMarked(marked.Select(LoopKey.From), stage))
        : Availability.WhyNotStaged(model) is { } why ? model.Say(why)
        : model.Target is { } loop ? Open(model, PromptState.Stage(LoopKey.From(loop), stage))
        : model;

    private static AppModel Open(AppModel model, PromptState prompt) => model with { Ui = model.Ui with { Prompt = prompt } };

    private static UiState Filtered(UiState ui, PromptKind kind, string text) => kind switch
    {
        PromptKind.Filter => ui with { Timeline = ui.Timeline with { Filter = text } },
        PromptKind.Runs => ui with { Runs = ui.Runs with { Filter = text } },
        PromptKind.Help => ui with { Help = HelpUpdate.Find(ui.Help, text) },
        _ => ui,
    };

    private static Step Accept(AppModel model, PromptState prompt)
    {
        var closed = model with { Ui = model.Ui with { Prompt = null } };
        if (prompt.ActsOn is { } run && model.WhyNotIn(run.Repo) is { } why)
        {
            // config.yaml may have come to say so while the line was typed.
            return closed.Say(why);
        }

        return prompt.Kind switch
        {
            PromptKind.Note => closed.Ui.Confirm is { } confirm
                ? Updater.Answer(closed, ConfirmUpdate.Noted(closed, confirm, prompt.Text))
                : closed,
            PromptKind.Stage when prompt.MarkedStage is { } stage => Closed(model, MarkedRuns.SetStage(model, prompt, stage)),
            PromptKind.Acknowledge when prompt.Marked.Length > 0 => Closed(model, MarkedRuns.Acknowledge(model, prompt)),
            PromptKind.Acknowledge => Closed(model, Reviewing.Take(model, prompt)),
            PromptKind.Stage => Closed(model, Staging.Take(prompt, model.Steady)),
            PromptKind.Rearm => Closed(model, Rearming.Take(prompt, model.Steady)),
            PromptKind.Filter => model.Ui.Timeline.FilterFault is null
                ? closed with { Ui = closed.Ui.GoTo(PaneId.Timeline) }
                : model,
            PromptKind.Help => closed,
            PromptKind.Search => closed.Ui.Pager is { } pager
                ? closed with { Ui = closed.Ui with { Pager = PagerUpdate.Search(pager, prompt.Text) } }
                : closed,
            PromptKind.Runs => model.Lists.Filter.Fault is null ? closed with { Ui = PaneMoves.SelectShown(closed) } : model,
            _ => PromptUpdate.Chosen(prompt, Choices(model, prompt)) is { } choice
                // What cannot be understood can be corrected.
                ? choice.Message is ToastRequested { IsFault: true } fault ? model.With(Toast.Fault(fault.Text, model.Steady))
                    : Updater.Change(closed, choice.Message)
                : model.With(Toast.Fault($"nothing matches \"{prompt.Text}\"", model.Steady)),
        };
    }

    /// <summary>The result of a reason or a note: the line is closed, or stays open with a word.</summary>
    private static Step Closed(AppModel model, Step<PromptState?> step) =>
        new((model with { Ui = model.Ui with { Prompt = step.State } }).With(step.Toast), step.Effect);

    private static Step Cancel(AppModel model, PromptState prompt) =>
        model with { Ui = Filtered(model.Ui with { Prompt = null }, prompt.Kind, prompt.Before) };

    private static Step Choose(AppModel model, PromptState prompt, int by) =>
        Open(model, PromptUpdate.Choose(prompt, Choices(model, prompt).Count, by));
}
