using System.Drawing;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Palette;

/// <summary>The choices over the line that is being typed, the best one first.</summary>
internal static class PaletteView
{
    private const int MaxRows = 12;
    private const int MinNameWidth = 34;
    private const int MaxNameWidth = 52;
    private const int KeysWidth = 14;

    /// <summary>Where the choices are; null where there is no room.</summary>
    public static Rectangle? Area(Size screen, int count)
    {
        var height = Math.Min(Math.Min(count, MaxRows) + 2, screen.Height - 2);
        return height < 3 ? null : new Rectangle(0, screen.Height - 1 - height, screen.Width, height);
    }

    public static PaneContent Compose(PromptState prompt, IReadOnlyList<Choice> choices, Rectangle area)
    {
        var height = area.Height - 2;
        var chosen = Math.Clamp(prompt.Choice, 0, choices.Count - 1);
        var top = ChoiceWindow.Top(prompt, choices.Count, area);
        var title = prompt.Kind == PromptKind.Palette ? "PALETTE" : "FILTER";
        // A reason that its column has no room for stands whole under the list.
        var note = choices[chosen].WhyNot ?? $"{chosen + 1} of {choices.Count}";
        var keys = choices.Any(static choice => choice.Keys.Length > 0) ? KeysWidth : 1;
        var name = Math.Clamp(area.Width * 45 / 100, MinNameWidth, MaxNameWidth);
        Row[] rows = [.. choices.Skip(top).Take(height).Select(choice => RowOf(choice, name, keys, area.Width - 2))];
        return new PaneContent(title, note, rows, chosen - top);
    }

    /// <summary>Between two columns there is a blank at least; what is cut says so.</summary>
    private static Row RowOf(Choice choice, int name, int keys, int width) => Row.From(
        new(" ", StyleRole.Text),
        new(CellText.Truncate(choice.Title, name - 1), choice.WhyNot is null ? StyleRole.Text : StyleRole.Muted, name),
        new(CellText.Truncate(choice.Keys, Math.Max(0, keys - 1)), StyleRole.TitleFocused, keys),
        new(
            choice.WhyNot is { } reason ? $"unavailable: {reason}" : choice.Detail, StyleRole.Muted,
            Math.Max(0, width - 1 - name - keys)));
}
