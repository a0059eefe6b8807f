using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Panes;

/// <summary>A text over all panes: a file of the loop, or one event in full.</summary>
public static class PagerBox
{
    public static Rectangle Area(Size screen) => new(0, 1, screen.Width, Math.Max(0, screen.Height - 2));

    /// <summary>The box has its title over the text and a line under it.</summary>
    public static int VisibleRows(Size screen) => Math.Max(0, Area(screen).Height - 2);

    /// <param name="lines">The visible lines.</param>
    /// <param name="note">What is wrong with the text; null where nothing is.</param>
    public static PaneContent Compose(AppModel model, IReadOnlyList<string> lines, string? note)
    {
        var pager = model.Ui.Pager!;
        var rows = lines.Select(line => Row.Of(new Span(Scrolled(line, pager.Left), StyleRole.Text))).ToArray();
        var last = Math.Min(model.PagerLines, pager.Top + lines.Count);
        var close = model.Keymap.KeysOf(ActionId.Back) is [var key, ..] ? $" · {key} closes" : "";
        var fault = note is null ? "" : $"{note} · ";
        return new PaneContent(pager.Title, $"{fault}{Numbers.Whole(Math.Min(pager.Top + 1, last))}-{Numbers.Whole(last)} of {Numbers.Count(model.PagerLines, "line", "lines")}{close}", rows);
    }

    private static string Scrolled(string line, int cells)
    {
        var clean = SafeText.Clean(line.Replace("\t", "    ", StringComparison.Ordinal));
        return cells == 0 ? clean : CellText.Skip(clean, cells);
    }
}
