using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;

namespace OpsManager.Tui.Confirm;

/// <summary>The result of a message in the box: null closes it. It may ask for a note, in a line that is typed.</summary>
internal readonly record struct ConfirmStep(ConfirmState? State, Effect? Effect = null, Toast? Toast = null, PromptState? Prompt = null)
{
    public static implicit operator ConfirmStep(ConfirmState? state) => new(state);
}
