using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Panes;

/// <summary>The line that is being typed, in the place of the hints.</summary>
public static class PromptLine
{
    public static (Row Left, Row Right) Compose(AppModel model, PromptState prompt, int width)
    {
        var note = Note(model, prompt);
        var room = Math.Max(8, width - CellText.Width(note.Text) - 3);
        var (before, under, after) = (prompt.Text[..prompt.Cursor], prompt.Text[prompt.Cursor..] is { Length: > 0 } rest ? rest : " ", "");
        foreach (var grapheme in CellText.Graphemes(under))
        {
            (under, after) = (grapheme.Text.ToString(), under[grapheme.Text.Length..]);
            break;
        }

        // The end of a long line is what is being typed.
        var hidden = CellText.Width(before) + CellText.Width(under) - room;
        before = hidden > 0 ? CellText.Skip(before, hidden) : before;
        return (
            Row.Of(new(Sign(prompt.Kind), StyleRole.Key), new(before, StyleRole.Prompt), new(under, StyleRole.Selected), new(after, StyleRole.Prompt)),
            Row.Of(note));
    }

    private static string Sign(PromptKind kind) => kind switch
    {
        PromptKind.Filter or PromptKind.Runs => "/",
        PromptKind.Note => "note: ",
        PromptKind.Acknowledge => "seen: ",
        PromptKind.Stage or PromptKind.Rearm => "why: ",
        _ => ":",
    };

    private static Span Note(AppModel model, PromptState prompt) => (prompt.Kind, model.FilterFault) switch
    {
        _ when model.Ui.Toast is { } toast => new($" {toast.Text} ", toast.Role),
        (PromptKind.Runs, _) when model.Lists.Filter.Fault is { } fault => new($" {fault} ", StyleRole.Error),
        (PromptKind.Runs, _) when prompt.Text.Length > 0 => new($" {Numbers.Whole(model.Runs.Count)} of {Numbers.Whole(model.AllRuns.Count)} ", StyleRole.Prompt),
        (PromptKind.Runs, _) => new(" text @label is:failed !not ", StyleRole.Muted),
        (PromptKind.Filter, { } fault) => new($" {fault} ", StyleRole.Error),
        (PromptKind.Filter, _) when model.Layout.Timeline?.Rows is { Search: { } search } rows => new($" {Numbers.Whole(search.Found)} of {Numbers.Whole(rows.Lines)} ", StyleRole.Prompt),
        (PromptKind.Acknowledge, _) when Reviewing.Find(model, prompt.Subject!) is { } known => new($" {known.Intent} by {known.By}: {known.Outcome} ", StyleRole.Waiting),
        (PromptKind.Stage, _) => new($" {prompt.Change!.Value.Run.Loop} becomes {Staging.Word(prompt.Change.Value.Stage)} ", StyleRole.Waiting),
        (PromptKind.Rearm, _) => new($" {prompt.Run!.Value.Loop} is armed again, if the artifacts agree ", StyleRole.Waiting),
        (PromptKind.Filter, _) => new(" text role: event: status: iter: !not ", StyleRole.Muted),
        _ => new($" {Keys(model)} ", StyleRole.Muted),
    };

    private static string Keys(AppModel model) => string.Join(
        "  ",
        Bindings.All.Where(binding => binding.Hint == HintPlace.Prompt && (binding.Action is ActionId.Accept or ActionId.Cancel || model.Layout.Choices.Count > 0) && model.Keymap.KeysOf(binding.Action).Count > 0).Select(binding => $"{model.Keymap.KeysOf(binding.Action)[0]} {binding.Label}"));
}
