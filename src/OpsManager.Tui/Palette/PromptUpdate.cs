using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Palette;

/// <summary>What keys change in the line that is being typed.</summary>
internal static class PromptUpdate
{
    /// <summary>The line after a key that edits it; null where the key does not.</summary>
    public static PromptState? Edit(PromptState state, ActionId action) => action switch
    {
        ActionId.DeleteBack => state.DeleteBack(),
        ActionId.DeleteForward => state.DeleteForward(),
        ActionId.DeleteWord => state.DeleteWord(),
        ActionId.DeleteLine => state.DeleteLine(),
        ActionId.CursorLeft => state.Left(),
        ActionId.CursorRight => state.Right(),
        ActionId.CursorToStart => state.ToStart(),
        ActionId.CursorToEnd => state.ToEnd(),
        _ => null,
    };

    /// <summary>The choice that would be taken now; null where there is none.</summary>
    public static Choice? Chosen(PromptState state, IReadOnlyList<Choice> choices) =>
        choices.Count == 0 ? null : choices[Math.Clamp(state.Choice, 0, choices.Count - 1)];

    public static PromptState Choose(PromptState state, int count, int by) =>
        count == 0 ? state : state with { Choice = (state.Choice + by + count) % count };

    public static PromptState Complete(PromptState state, Choice choice) =>
        state with { Text = choice.Text, Cursor = choice.Text.Length, Choice = 0 };
}
