using OpsManager.Configuration.Keymaps;


namespace OpsManager.Tui.State;

/// <summary>Keys in the line that is being typed.</summary>
public static class PromptUpdater
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

    private static UiState Filtered(UiState ui, PromptKind kind, string text) => kind switch
    {
        PromptKind.Filter => ui with { Filter = text },
        PromptKind.Runs => ui with { RunFilter = text },
        _ => ui,
    };

    public static Step Ask(AppModel model, ActionId action) => action switch
    {
        _ when model.Ui.Prompt is null => model,
        ActionId.Accept => Accept(model),
        ActionId.Cancel => Cancel(model),
        ActionId.Complete => Complete(model),
        ActionId.NextChoice => Choose(model, 1),
        ActionId.PreviousChoice => Choose(model, -1),
        // Deleting from an empty line leaves it, as in other consoles.
        ActionId.DeleteBack when model.Ui.Prompt is { Text.Length: 0 } => Cancel(model),
        ActionId.DeleteBack => Edit(model, static prompt => prompt.DeleteBack()),
        ActionId.DeleteForward => Edit(model, static prompt => prompt.DeleteForward()),
        ActionId.DeleteWord => Edit(model, static prompt => prompt.DeleteWord()),
        ActionId.DeleteLine => Edit(model, static prompt => prompt.DeleteLine()),
        ActionId.CursorLeft => Edit(model, static prompt => prompt.Left()),
        ActionId.CursorRight => Edit(model, static prompt => prompt.Right()),
        ActionId.CursorToStart => Edit(model, static prompt => prompt.ToStart()),
        ActionId.CursorToEnd => Edit(model, static prompt => prompt.ToEnd()),
        _ => model,
    };

    private static Step Accept(AppModel model)
    {
        var prompt = model.Ui.Prompt!;
        var closed = model with { Ui = model.Ui with { Prompt = null } };
        if (prompt.ActsOn is { } run && model.WhyNotIn(run.Repo) is { } why)
        {
            // config.yaml may have come to say so while the line was typed.
            return closed with { Ui = closed.Ui with { Toast = Toast.Note(why, model.Steady) } };
        }

        if (prompt.Kind == PromptKind.Note)
        {
            return ConfirmUpdater.Noted(closed, prompt.Text);
        }

        if (prompt.Kind == PromptKind.Acknowledge)
        {
            return Reviewing.Take(model, closed, prompt);
        }

        if (prompt.Kind == PromptKind.Stage)
        {
            return Staging.Take(model, closed, prompt);
        }

        if (prompt.Kind == PromptKind.Rearm)
        {
            return Rearming.Take(model, closed, prompt);
        }

        if (prompt.Kind == PromptKind.Filter)
        {
            return model.FilterFault is null ? closed with { Ui = closed.Ui with { Focus = PaneId.Timeline } } : model;
        }

        if (prompt.Kind == PromptKind.Runs)
        {
            return model.Lists.Filter.Fault is null ? closed with { Ui = PaneMoves.SelectShown(closed) } : model;
        }

        var choices = Palette.Choices(model, prompt.Text);
        return choices.Count == 0
            ? model with { Ui = model.Ui with { Toast = Toast.Fault($"nothing is called \"{prompt.Text}\"", model.Steady) } }
            : Updater.Change(closed, choices[Math.Clamp(prompt.Choice, 0, choices.Count - 1)].Message);
    }

    private static Step Cancel(AppModel model)
    {
        var prompt = model.Ui.Prompt!;
        return model with { Ui = Filtered(model.Ui with { Prompt = null }, prompt.Kind, prompt.Before) };
    }

    private static Step Complete(AppModel model)
    {
        var prompt = model.Ui.Prompt!;
        var choices = Choices(model, prompt);
        if (choices.Count == 0)
        {
            return model;
        }

        var text = choices[Math.Clamp(prompt.Choice, 0, choices.Count - 1)].Text;
        return Edit(model, _ => prompt with { Text = text, Cursor = text.Length, Choice = 0 });
    }

    private static Step Choose(AppModel model, int by)
    {
        var prompt = model.Ui.Prompt!;
        var count = Choices(model, prompt).Count;
        return count == 0 ? model : model with { Ui = model.Ui with { Prompt = prompt with { Choice = (prompt.Choice + by + count) % count } } };
    }

    /// <summary>What the typed line may mean; empty where it is only text.</summary>
    public static IReadOnlyList<Choice> Choices(AppModel model, PromptState? prompt) => prompt switch
    {
        { Kind: PromptKind.Palette } => Palette.Choices(model, prompt.Text),
        { Kind: PromptKind.Filter } => FilterWords.Choices(model, prompt),
        _ => [],
    };
}
