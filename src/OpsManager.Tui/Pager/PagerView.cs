using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Pager;

/// <summary>A text over all panes: a file of the loop, or one event in full.</summary>
internal static class PagerView
{
    public static Rectangle Area(Size screen) => new(0, 1, screen.Width, Math.Max(0, screen.Height - 2));

    public static PaneContent Compose(Keymap keymap, PagerState pager)
    {
        var (lines, count, note) = (pager.Text.Lines, pager.Text.Count, pager.Text.Note);
        var rows = lines.Select(line => Row.From(new Span(Scrolled(line, pager.Left), StyleRole.Text))).ToArray();
        var last = Math.Min(count, pager.Top + lines.Count);
        var close = keymap.KeysOf(ActionId.Back) is [var key, ..] ? $" · {key} closes" : "";
        var fault = note is null ? "" : $"{note} · ";
        var place = $"{Numbers.Whole(Math.Min(pager.Top + 1, last))}-{Numbers.Whole(last)} of {Numbers.Count(count, "line", "lines")}";
        return new PaneContent(pager.Title, $"{fault}{place}{close}", rows);
    }

    private static string Scrolled(string line, int cells)
    {
        var clean = SafeText.Clean(line.Replace("\t", "    ", StringComparison.Ordinal));
        return cells == 0 ? clean : CellText.Skip(clean, cells);
    }
}
