using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Help;

/// <summary>The help: every binding with its keys, then what the marks on screen mean.</summary>
internal static class HelpView
{
    private const int KeysWidth = 24;

    private static readonly string[] Legend =
    [
        "",
        "> running     ? waiting for approval    ! failed",
        "= paused      x stopped     v complete     o idle     ~ unknown",
        "^ approved or rejected: the next run acts on it     # marked",
        "! error   * warning   i info: the worst finding of the run",
        "p before a run: passive, nothing can be sent; … an intent is being verified",
        "Over a replay: ┃ the moment that is shown   ▲ a problem   · not read yet",
        "The state is ops-manager's own assessment; the tab Why shows",
        "every source and the rule that decided.",
    ];

    public static int RowCount => Bindings.All.Count + Legend.Length;

    public static Rectangle Area(Size screen)
    {
        var (width, height) = (Math.Min(96, screen.Width - 2), Math.Min(RowCount + 2, screen.Height - 2));
        return new Rectangle((screen.Width - width) / 2, (screen.Height - height) / 2, width, height);
    }

    public static PaneContent Compose(Keymap keymap, HelpState state, int height)
    {
        var rows = Bindings.All
            .Select(binding => Row.From(
                new("  ", StyleRole.Text),
                new(string.Join("  ", keymap.KeysOf(binding.Action)), StyleRole.TitleFocused, KeysWidth),
                new(Prefix(binding.Context) + binding.Help, StyleRole.Text)))
            .Concat(Legend.Select(static line => Row.From(new Span($"  {line}", StyleRole.Muted))))
            .ToArray();
        var top = state.Top;
        var close = keymap.KeysOf(ActionId.Back) is [var key, ..] ? $"{key} closes" : "";
        var note = rows.Length > top + height ? $"{rows.Length - top - height} more below · {close}" : close;
        return new PaneContent("HELP", note, [.. rows.Skip(top).Take(height)]);
    }

    private static string Prefix(KeyContext context) => context switch
    {
        KeyContext.Pager => "Pager: ",
        KeyContext.Prompt => "Typing: ",
        KeyContext.Confirm => "Asking: ",
        _ => "",
    };
}
