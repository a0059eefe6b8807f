using OpsManager.Tui.Content;
using OpsManager.Tui.Keys;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>The bottom line: the keys that matter most, from the table of bindings and the keymap in force.</summary>
public static class HintBar
{
    public static Row Compose(AppModel model)
    {
        List<Span> spans = [];
        foreach (var binding in Bindings.All.Where(static binding => binding is { Hint: true, Context: KeyContext.Screen }))
        {
            if (model.Keymap.KeysOf(binding.Action) is [var key, ..])
            {
                spans.Add(new($" {key}", StyleRole.Key));
                spans.Add(new($" {binding.Label} ", StyleRole.KeyLabel));
            }
        }

        if (model.Notice is { } notice)
        {
            spans.Add(new($"  {notice}", StyleRole.HeaderAlert));
        }

        return new Row(spans);
    }
}
