using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Rules.Control;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Palette;

namespace OpsManager.Tui.Shell;

/// <summary>What is said at the right of the typed line: a word to the operator, what is wrong, or what it would do.</summary>
internal static class PromptNote
{
    public static Span Of(AppModel model, PromptState prompt) => (prompt.Kind, model.Ui.Timeline.FilterFault) switch
    {
        _ when model.Ui.Toast is { } toast => new($" {toast.Text} ", toast.Role),
        (PromptKind.Runs, _) when model.Lists.Filter.Fault is { } fault => new($" {fault} ", StyleRole.Error),
        (PromptKind.Runs, _) when prompt.Text.Length > 0 =>
            new($" {Numbers.Whole(model.Runs.Count)} of {Numbers.Whole(model.AllRuns.Count)} ", StyleRole.Prompt),
        (PromptKind.Runs, _) => new(" text @label is:failed !not ", StyleRole.Muted),
        (PromptKind.Filter, { } fault) => new($" {fault} ", StyleRole.Error),
        (PromptKind.Filter, _) when model.Layout.Timeline?.Rows is { Search: { } search } rows =>
            new($" {Numbers.Whole(search.Found)} of {Numbers.Whole(rows.Lines)} ", StyleRole.Prompt),
        _ when prompt.Marked.Length > 0 => new(
            prompt.MarkedStage is { } stage ? $" sets {Marked(prompt)} to {StageWord.Of(stage)} " : $" acknowledges in {Marked(prompt)} ",
            StyleRole.Waiting),
        (PromptKind.Acknowledge, _) when Reviewing.Find(model, prompt.Subject!) is { } known =>
            new($" {IntentText.Noun(known.Intent)} by {known.By} {IntentText.Result(known.Outcome!)} ", StyleRole.Waiting),
        (PromptKind.Stage, _) =>
            new($" sets {prompt.Change!.Value.Run.Loop} to {StageWord.Of(prompt.Change.Value.Stage)} ", StyleRole.Waiting),
        (PromptKind.Rearm, _) => new($" re-arms {prompt.Run!.Value.Loop} if the artifacts agree ", StyleRole.Waiting),
        (PromptKind.Palette, _) when model.Layout.Choices.Count == 0 => new(" nothing matches ", StyleRole.Error),
        (PromptKind.Filter, _) => new(" text role: event: status: iter: !not ", StyleRole.Muted),
        _ => new($" {Keys(model)} ", StyleRole.Muted),
    };

    private static string Marked(PromptState prompt) => Numbers.Count(prompt.Marked.Length, "marked run", "marked runs");

    private static string Keys(AppModel model) => string.Join("  ", Bindings.All
        .Where(static binding => binding.Hint == HintPlace.Prompt)
        .Where(binding => binding.Action is ActionId.Accept or ActionId.Cancel || model.Layout.Choices.Count > 0)
        .Where(binding => model.Keymap.KeysOf(binding.Action).Count > 0)
        .Select(binding => $"{model.Keymap.KeysOf(binding.Action)[0]} {binding.Label}"));
}
