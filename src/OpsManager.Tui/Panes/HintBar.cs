using OpsManager.Tui.Content;
using OpsManager.Tui.Keys;
using OpsManager.Tui.State;
using OpsManager.Tui.Text;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>The bottom line: a word to the operator where there is one, else the keys that matter most, from the table of bindings and the keymap in force.</summary>
public static class HintBar
{
    public static (Row Left, Row Right) Compose(AppModel model, int width)
    {
        var ui = model.Ui;
        if (ui.Prompt is { } prompt)
        {
            return PromptLine.Compose(model, prompt, width);
        }

        var right = Right(model);
        return (ui.Toast is { } toast ? Row.Of(new Span($" {toast.Text} ", toast.Role)) : new Row([.. Hints(model, width - right.Spans.Sum(static span => CellText.Width(span.Text)))]), right);
    }

    private static IEnumerable<Span> Hints(AppModel model, int room)
    {
        foreach (var binding in Bindings.All.Where(static binding => binding is { Hint: true, Context: KeyContext.Screen }))
        {
            if (model.Keymap.KeysOf(binding.Action) is not [var key, ..])
            {
                continue;
            }

            // A hint that is cut says nothing.
            room -= key.Length + binding.Label.Length + 3;
            if (room < 0)
            {
                yield break;
            }

            var can = Availability.WhyNot(model, binding.Action) is null;
            yield return new($" {key}", can ? StyleRole.Key : StyleRole.KeyLabel);
            yield return new($" {binding.Label} ", StyleRole.KeyLabel);
        }
    }

    private static Row Right(AppModel model) => model.Ui switch
    {
        { Pending: { Keys.Count: > 0 } pending } => Row.Of(new Span($" {pending.Text} … ", StyleRole.Prompt)),
        { Filter: { Length: > 0 } filter } => Row.Of(new Span($" /{CellText.Truncate(filter, 30)} ", StyleRole.Match)),
        _ when model.Notice is { } notice => Row.Of(new Span($" {CellText.Truncate(SafeText.Clean(notice), 60)} ", StyleRole.HeaderAlert)),
        _ => Row.Blank,
    };
}
